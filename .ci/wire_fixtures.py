"""Loads the wire fixtures with the types of the providers' own client packages, then lets the clients
themselves read from a running scripted server. Run by .ci/wire-fixtures.

Arguments: the folder of the fixtures, and the server's base URL without a path.
"""

import json
import pathlib
import sys

import anthropic
import openai
from anthropic.types import RawMessageStreamEvent
from anthropic.types.shared import ErrorResponse
from openai.types import ErrorObject
from openai.types.chat import ChatCompletionChunk
from pydantic import TypeAdapter, ValidationError

CHUNK = TypeAdapter(ChatCompletionChunk)
EVENT = TypeAdapter(RawMessageStreamEvent)
ERROR = TypeAdapter(ErrorObject)
ERROR_RESPONSE = TypeAdapter(ErrorResponse)
# Outside of the type of a message's events: the client skips the one and raises the other.
ANTHROPIC_OWN = {"ping", "error"}

# What the types refuse, and why it is in a fixture all the same: how many events of each file.
REFUSED = {
    "openai/empty_choices.sse": (1, "Azure's first chunk has an object without a name"),
    "openai/gemini_calls_without_index.sse": (2, "Gemini leaves out the index of tool calls"),
    "openai/malformed.sse": (1, "wrong on purpose"),
    "openai/mistral_parts.sse": (3, "Mistral's content may be a list of parts"),
    "openai/openrouter_error.sse": (1, "OpenRouter's own finish reason"),
    "openai/unknown_event.sse": (1, "wrong on purpose"),
    "anthropic/malformed.sse": (1, "wrong on purpose"),
    "anthropic/unknown_event.sse": (2, "wrong on purpose"),
    "openai/401_mistral.json": (1, "Mistral's gateway has its own shape"),
    "openai/402_openrouter.json": (1, "OpenRouter's code is a number"),
    "openai/404_proxy.json": (1, "a proxy's own shape"),
    "openai/429_gemini.json": (1, "Gemini wraps errors in a list"),
    "openai/503_llamacpp.json": (1, "llama.cpp's code is a number"),
    "openai/llamacpp_error.sse": (1, "llama.cpp's code is a number"),
    "anthropic/413.json": (1, "documented, and not among the client's types"),
}

# Fixtures that the streaming clients must raise an error for.
CLIENT_RAISES = {
    "openai/error_in_stream.sse": openai.APIError,
    "openai/llamacpp_error.sse": openai.APIError,
    "openai/malformed.sse": json.JSONDecodeError,
    "openai/openrouter_error.sse": openai.APIError,
    "anthropic/error_first.sse": anthropic.APIStatusError,
    "anthropic/error_in_stream.sse": anthropic.APIStatusError,
    "anthropic/malformed.sse": json.JSONDecodeError,
}
STATUS_RAISES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    429: "RateLimitError",
    500: "InternalServerError",
    503: "InternalServerError",
}
MESSAGES = [{"role": "user", "content": "Lisbon?"}]


def events(text):
    """Line number, name and data of each event of a stream."""
    name, found = None, []
    for number, line in enumerate(text.splitlines(), 1):
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            found.append((number, name, value))
            name = None
    return found


def check_openai(name, data):
    if data == "[DONE]":
        return
    value = json.loads(data)
    if isinstance(value, dict) and "error" in value and "choices" not in value:
        ERROR.validate_json(json.dumps(value["error"]), strict=True)
    else:
        CHUNK.validate_json(data, strict=True)


def check_anthropic(name, data):
    value = json.loads(data)
    if value["type"] != name:
        raise ValueError(f"the event {name} holds {value['type']}")
    if name == "error":
        ERROR_RESPONSE.validate_json(data, strict=True)
    elif name not in ANTHROPIC_OWN:
        EVENT.validate_json(data, strict=True)


def check_types(path, name):
    """The problems of a fixture, as file:line: reason."""
    text = path.read_text(encoding="utf-8")
    is_openai = name.startswith("openai/")
    if path.suffix == ".json":
        parts = [(1, "error", text)]
        check = lambda event, data: (
            ERROR.validate_json(json.dumps(json.loads(data)["error"]), strict=True)
            if is_openai
            else check_anthropic(event, data)
        )
    else:
        parts = events(text)
        check = check_openai if is_openai else check_anthropic
    if not parts:
        return [f"{name}: holds nothing"]
    problems = []
    for line, event, data in parts:
        try:
            check(event, data)
        except (ValidationError, ValueError, KeyError, TypeError) as error:
            reason = " ".join(str(error).split())[:200]
            problems.append(f"{name}:{line}: {reason}")
    return problems


def openai_stream(client, model):
    """Text, tool calls and finish reason as OpenAI's client reads them."""
    text, calls, finish = "", {}, None
    stream = client.chat.completions.create(
        model=model, messages=MESSAGES, stream=True, stream_options={"include_usage": True}
    )
    for chunk in stream:
        # Where an event is no chunk the client makes one without choices.
        for choice in chunk.choices or []:
            finish = choice.finish_reason or finish
            if isinstance(choice.delta.content, str):
                text += choice.delta.content
            for call in choice.delta.tool_calls or []:
                key = call.index if call.index is not None else len(calls)
                known = calls.setdefault(key, [None, ""])
                known[0] = call.function.name or known[0]
                known[1] += call.function.arguments or ""
    return text, list(calls.values()), finish


def anthropic_stream(client, model):
    """The same as Anthropic's client puts the message together."""
    with client.messages.stream(model=model, max_tokens=64, messages=MESSAGES) as stream:
        message = stream.get_final_message()
    text = "".join(block.text for block in message.content if block.type == "text")
    calls = [
        [block.name, json.dumps(block.input)]
        for block in message.content
        if block.type == "tool_use"
    ]
    return text, calls, message.stop_reason


def check_client(name, client, read):
    """The problems that a client has with a fixture that the server streams to it."""
    expected = CLIENT_RAISES.get(name)
    module = openai if name.startswith("openai/") else anthropic
    if name.endswith(".json"):
        status = int(name.split("/")[1][:3])
        expected = getattr(module, STATUS_RAISES.get(status, "APIStatusError"))
    try:
        text, calls, finish = read(client, f"fixture:{name}")
    except Exception as error:
        if expected is not None and isinstance(error, expected):
            return []
        return [f"{name}: the client raised {error!r}"]
    if expected is not None:
        return [f"{name}: the client raised no {expected.__name__}"]
    if finish is None:
        return [f"{name}: no finish reason"]
    for tool, arguments in calls:
        try:
            if not tool or not isinstance(json.loads(arguments or "{}"), dict):
                raise ValueError(arguments)
        except ValueError:
            if "bad_arguments" not in name:
                return [f"{name}: the client read the call {tool}({arguments})"]
    return []


def check_answers(gpt, claude):
    """Answers that the server renders itself, streamed and whole."""
    text, _, finish = openai_stream(gpt, "demo")
    whole = gpt.chat.completions.create(model="demo", messages=MESSAGES)
    assert text and whole.choices[0].message.content == text and finish == "stop", whole
    assert whole.usage.total_tokens > 0, whole
    text, _, finish = anthropic_stream(claude, "demo")
    whole = claude.messages.create(model="demo", max_tokens=64, messages=MESSAGES)
    assert text and whole.content[0].text == text and finish == "end_turn", whole
    assert whole.usage.input_tokens > 0, whole


def main():
    folder, base = pathlib.Path(sys.argv[1]), sys.argv[2]
    gpt = openai.OpenAI(base_url=f"{base}/v1", api_key="sk-canary-0123456789", max_retries=0)
    claude = anthropic.Anthropic(base_url=base, api_key="sk-canary-0123456789", max_retries=0)
    problems = []
    names = sorted(str(path.relative_to(folder)) for path in folder.glob("*/*"))
    for name in names:
        found = check_types(folder / name, name)
        count, reason = REFUSED.get(name, (0, ""))
        if len(found) != count:
            wanted = f"{name}: {count} events were to be refused ({reason})" if count else ""
            problems += [wanted, *found] if wanted else found
        client, read = (gpt, openai_stream) if name.startswith("openai/") else (claude, anthropic_stream)
        problems += check_client(name, client, read)
    problems += [f"{name}: no such fixture" for name in {*REFUSED, *CLIENT_RAISES} - {*names}]
    check_answers(gpt, claude)
    if problems:
        sys.exit("\n".join(problems))
    print(f"wire fixtures: ok ({len(names)} files)")


if __name__ == "__main__":
    main()
