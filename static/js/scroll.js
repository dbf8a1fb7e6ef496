// Keeps the end of an answer in sight while it grows, as long as the reader wants that.

const MARGIN = 16;

export class Follower {
  #scroller;
  #button;
  #active = false;
  #following = false;
  #anchor = null;
  #top = 0;

  constructor(scroller, content, button) {
    this.#scroller = scroller;
    this.#button = button;
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    button.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.#grown()).observe(content);
    new ResizeObserver(() => this.#grown()).observe(scroller);
  }

  /** From here on follows what is written below `element`, which itself stays in sight. */
  follow(element) {
    this.#anchor = element;
    this.#active = true;
    this.#following = true;
    this.#grown();
  }

  /** The answer is complete: what changes from here on (opened details) moves nothing. */
  release() {
    this.#grown();
    this.#active = false;
  }

  /** To the very end, by the reader's wish. */
  toEnd() {
    this.#anchor = null;
    this.#following = true;
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: motion() });
  }

  #end() {
    return this.#scroller.scrollHeight - this.#scroller.clientHeight;
  }

  #grown() {
    if (this.#active && this.#following) {
      const end = this.#end();
      const target = this.#anchor ? Math.min(end, this.#anchorTop() - MARGIN) : end;
      if (target > this.#scroller.scrollTop) this.#scroller.scrollTop = target;
    }
    this.#showButton();
  }

  #anchorTop() {
    const box = this.#anchor.getBoundingClientRect();
    return box.top - this.#scroller.getBoundingClientRect().top + this.#scroller.scrollTop;
  }

  #scrolled() {
    const top = this.#scroller.scrollTop;
    if (top < this.#top - 1) this.#following = false; // the reader went up
    else if (this.#end() - top < 8) this.#following = true;
    this.#top = top;
    this.#showButton();
  }

  #showButton() {
    this.#button.hidden = this.#end() - this.#scroller.scrollTop < 120;
  }
}

const motion = () =>
  matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
