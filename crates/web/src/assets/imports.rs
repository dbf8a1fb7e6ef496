//! What a module imports, so that the page can name it all at once: a browser would learn of each
//! only when it has read the one before.

use super::files;

/// The module `entry` and everything that it imports by a path beside it, each once.
pub(super) fn of(entry: &str) -> Vec<String> {
    let mut found = vec![entry.to_owned()];
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        next += 1;
        let Some(file) = files::read(&path) else {
            continue;
        };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for name in named(&text) {
            let path = format!("{folder}/{name}");
            if !found.contains(&path) {
                found.push(path);
            }
        }
    }
    found
}

/// The names in lines like `import … from "./name.js";`, `import "./name.js";` and
/// `} from "./name.js";`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (before, rest) = line.split_once("\"./")?;
        let names = before.ends_with("from ") || before == "import ";
        let (name, _) = rest.split_once('"')?;
        names.then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_of_imports_are_found_once() {
        let all = of("js/main.js");
        assert_eq!(all[0], "js/main.js");
        for path in ["js/chat.js", "js/turn.js", "js/sse.js"] {
            assert_eq!(
                all.iter().filter(|found| *found == path).count(),
                1,
                "{path}"
            );
        }
        for path in &all {
            assert!(files::read(path).is_some(), "{path}");
        }
    }

    #[test]
    fn only_paths_beside_a_module_are_followed() {
        let text = concat!(
            "import { a } from \"./a.js\";\n",
            "export {\n  b,\n} from \"./b.js\";\n",
            "import \"./c.js\";\n",
            "import \"node:fs\";\n",
            "const path = \"./d.js\";\n",
        );
        assert_eq!(named(text).collect::<Vec<_>>(), ["a.js", "b.js", "c.js"]);
    }
}
