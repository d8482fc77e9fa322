//! Takes cbindgen's output apart into declarations.

/// One declaration with the comment before it.
pub(crate) struct Declaration {
    /// What it declares.
    pub(crate) name: String,
    /// The comment, with its delimiters; may be empty.
    pub(crate) comment: String,
    /// What stands in front of a function: linkage, and how it may be used; empty for all else.
    pub(crate) marks: String,
    /// The declaration itself; that of a function on one line.
    pub(crate) code: String,
}

/// The longest line of a declaration.
const WIDTH: usize = 120;
/// The longest line of a member of a family.
const MEMBER_WIDTH: usize = 140;

impl Declaration {
    /// Whether this only says that a struct exists.
    pub(crate) fn is_opaque(&self) -> bool {
        self.code == format!("typedef struct {0} {0};", self.name)
    }

    /// Whether this is a function.
    pub(crate) fn is_function(&self) -> bool {
        !self.code.starts_with("typedef")
            && !self.code.starts_with("enum")
            && !self.code.starts_with('#')
    }

    /// The declaration with its marks: what does not fit on a line goes on in further ones.
    pub(crate) fn layout(&self) -> String {
        if self.is_function() {
            wrapped(&format!("{} {}", self.marks, self.code))
        } else {
            self.code.clone()
        }
    }

    /// A member of a family: on one line, unless that would be far too long.
    pub(crate) fn member_layout(&self) -> String {
        let line = format!("{} {}", self.marks, self.code);
        if line.len() <= MEMBER_WIDTH {
            line
        } else {
            self.layout()
        }
    }

    /// The same without its marks.
    pub(crate) fn plain(&self) -> String {
        if self.is_function() {
            wrapped(&self.code)
        } else {
            self.code.clone()
        }
    }
}

/// Break a line behind commas.
fn wrapped(line: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for part in line.split_inclusive(',') {
        let part = part.trim_start();
        if width > 0 && width + 1 + part.len() > WIDTH {
            text.push_str("\n    ");
            width = 4;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(part);
        width += part.len();
    }
    text
}

/// Split text into declarations.
pub(crate) fn split(text: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(first) = lines.next() {
        if first.trim().is_empty() {
            continue;
        }
        let mut line = first;
        let mut comment = Vec::new();
        if line.starts_with("/**") {
            comment.push(line);
            while !line.ends_with("*/") {
                line = lines.next().expect("a comment ends");
                comment.push(line);
            }
            line = lines.next().expect("a declaration follows its comment");
        }
        let mut code = vec![line];
        while !ends(&code) {
            code.push(lines.next().expect("a declaration ends"));
        }
        found.push(declaration(&comment.join("\n"), &code.join("\n")));
    }
    found
}

/// A declaration ends with a line of its own: a directive, or a semicolon that no brace or comment is open around.
fn ends(code: &[&str]) -> bool {
    let last = code.last().copied().unwrap_or_default();
    let opened = code.iter().any(|line| line.ends_with('{'));
    code.len() == 1 && last.starts_with('#')
        || last.ends_with(';') && (!opened || last.starts_with('}'))
}

fn declaration(comment: &str, code: &str) -> Declaration {
    let name = name_of(code).to_owned();
    let mut marks = String::new();
    let code = if name.ends_with("_values") && code.starts_with("typedef enum") {
        anonymous_enum(code)
    } else if code.starts_with("typedef") || code.starts_with('#') {
        one_line_comments(&with_tag(code, &name))
    } else {
        let (found, rest) = split_marks(&on_one_line(code));
        marks = found;
        rest
    };
    Declaration {
        comment: one_line_comments(&checked(comment)),
        marks,
        code,
        name,
    }
}

fn checked(comment: &str) -> String {
    let inner = comment.trim_end_matches("*/");
    assert!(!inner.contains("*/"), "a comment closes early:\n{comment}");
    comment.to_owned()
}

fn name_of(code: &str) -> &str {
    let identifier = |text: &'_ str| -> usize {
        text.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .map_or(0, |at| at + 1)
    };
    if let Some(rest) = code.strip_prefix("#define ") {
        return rest.split([' ', '(']).next().unwrap_or_default();
    }
    if let Some((_, rest)) = code.split_once("(*")
        && code.starts_with("typedef")
        && !code.starts_with("typedef struct")
    {
        return rest.split(')').next().unwrap_or_default();
    }
    let head = if code.starts_with("typedef") {
        code.trim_end_matches(';')
    } else {
        let declaration = code
            .find("nock_")
            .map_or(code, |at| code.get(at..).unwrap_or(code));
        let before = code.len() - declaration.len();
        let open = declaration.find('(').unwrap_or(declaration.len());
        code.get(..before + open).unwrap_or(code)
    };
    head.get(identifier(head)..).unwrap_or(head)
}

/// Constants are enumerators, but the enum is no type that a signature could use.
fn anonymous_enum(code: &str) -> String {
    let (_, body) = code.split_once('{').expect("an enum has a body");
    let (body, _) = body.rsplit_once('}').expect("an enum's body ends");
    let body = body.trim_end().trim_end_matches(',');
    one_line_comments(&format!("enum {{{body}\n}};"))
}

fn on_one_line(code: &str) -> String {
    let words: Vec<&str> = code.split_whitespace().collect();
    words.join(" ").replace("( ", "(").replace(" )", ")")
}

/// The marks of a function, and its declaration without them. A fallible call's status must be looked at.
fn split_marks(code: &str) -> (String, String) {
    let mut marks = Vec::new();
    let mut rest = code;
    while rest.starts_with("NOCK_") {
        let end = rest
            .find(|c: char| !c.is_ascii_uppercase() && c != '_')
            .unwrap_or(rest.len());
        let end = match rest.get(end..) {
            Some(after) if after.starts_with('(') => end + after.find("\")").map_or(0, |at| at + 2),
            _ => end,
        };
        let (mark, after) = rest.split_at(end);
        marks.push(mark);
        rest = after.trim_start();
    }
    let fallible = rest.starts_with("nock_status_t ") && rest.contains("nock_error_t **error");
    if fallible {
        marks.retain(|mark| *mark != "NOCK_NODISCARD");
    }
    marks.insert(
        0,
        if fallible {
            "NOCK_FALLIBLE"
        } else {
            "NOCK_API"
        },
    );
    (marks.join(" "), rest.to_owned())
}

/// A struct's typedef also gives it a tag, so that it can be declared ahead.
fn with_tag(code: &str, name: &str) -> String {
    match code.strip_prefix("typedef struct {") {
        Some(body) => format!("typedef struct {name} {{{body}"),
        None => code.to_owned(),
    }
}

/// A comment of one line of text becomes one line.
fn one_line_comments(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.trim() == "/**"
            && let (Some(middle), Some(last)) = (lines.get(at + 1), lines.get(at + 2))
            && last.trim() == "*/"
            && let Some(words) = middle.trim_start().strip_prefix("* ")
        {
            let indent = line.trim_end_matches("/**");
            out.push(format!("{indent}/** {words} */"));
            at += 3;
        } else {
            out.push((*line).to_owned());
            at += 1;
        }
    }
    out.join("\n")
}
