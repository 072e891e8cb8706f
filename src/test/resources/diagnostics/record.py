#!/usr/bin/env python3
"""Records the messages of tools for the mistakes in *.mistakes, and the same messages in their machine formats.

    ./record.py [FAMILY...]         writes FAMILY.recorded beside this file, for each tool that is installed
    ./record.py --new [FAMILY...]   adds the mistakes that FAMILY.recorded does not have

A record is the text of standard error, then the rows severity|file|line|column|code|message of the machine format.
"""
import json, os, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = "/home/coder/project/hw1"
C_FLAGS = ["-Wall", "-Wextra", "-Wconversion"]


def mistakes(name):
    text = open(f"{HERE}/{name}.mistakes", encoding="utf-8").read()
    for part in text.split("=== ")[1:]:
        title, source = part.split("\n", 1)
        yield title, source


def run(command, cwd, env=None):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}
    try:
        done = subprocess.run(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        return done.stderr.decode("utf-8", "replace"), done.stdout.decode("utf-8", "replace")
    except FileNotFoundError:
        return None, ""


def row(severity, file="", line="", column="", code="", message=""):
    return "|".join(str(it) for it in (severity, file, line, column, code, message.split("\n")[0].strip()))


def gcc(tool, suffix, locale="C.UTF-8"):
    """The machine format does not depend on the locale, so it has the severity of a localised message."""
    def record(source, cwd):
        open(f"{cwd}/main{suffix}", "w").write(source)
        text, _ = run([tool, *C_FLAGS, f"main{suffix}", "-o", "main"], cwd, {"LC_ALL": locale})
        machine, _ = run([tool, *C_FLAGS, "-fdiagnostics-format=json", "-c", f"main{suffix}", "-o", "/dev/null"], cwd)
        rows = []
        groups = json.loads(machine.strip().split("\n")[0] or "[]")
        for it in [each for group in groups for each in (group, *group.get("children", ()))]:
            if it["kind"] == "note":
                continue
            caret = it["locations"][0]["caret"] if it["locations"] else {}
            code = it.get("option", "").replace("-Werror=", "-W")
            rows.append(row("warning" if it["kind"] == "warning" else "error", caret.get("file", ""), caret.get("line", ""),
                            caret.get("column", ""), code, it["message"]))
        return text, rows
    return record


def clang(tool, suffix):
    def record(source, cwd):
        open(f"{cwd}/main{suffix}", "w").write(source)
        text, _ = run([tool, *C_FLAGS, f"main{suffix}", "-o", "main"], cwd)
        run([tool, *C_FLAGS, "-serialize-diagnostics", "main.dia", "-c", f"main{suffix}", "-o", "main.o"], cwd)
        errors, output = run(["c-index-test", "-read-diagnostics", "main.dia"], cwd)
        rows = []
        for line in (errors + output).split("\n"):
            it = re.match(r"(.*?):(\d+):(\d+): (error|fatal|warning): (.*) \[(.*?)\] \[.*\]$", line)
            if it:
                kind = "warning" if it[4] == "warning" else "error"
                rows.append(row(kind, it[1], it[2], it[3], it[6], it[5]))
        return text, rows
    return record


def rustc(source, cwd, *options):
    open(f"{cwd}/main.rs", "w").write(source)
    text, _ = run(["rustc", "--edition=2021", *options, "main.rs"], cwd)
    machine, _ = run(["rustc", "--edition=2021", "--error-format=json", "main.rs"], cwd)
    rows = []
    for line in machine.split("\n"):
        it = json.loads(line) if line.startswith("{") else {}
        if it.get("level") not in ("error", "warning") or re.match(r"aborting|\d+ warnings? emitted", it["message"]):
            continue
        span = next((s for s in it["spans"] if s["is_primary"]), {})
        code = (it.get("code") or {}).get("code", "")
        rows.append(row(it["level"], span.get("file_name", ""), span.get("line_start", ""), span.get("column_start", ""),
                        code if code.startswith("E") else "", it["message"]))
    return text, rows


PYTHON_ORACLE = """
import sys, traceback
path = "main.py"
def place(e):
    if isinstance(e, SyntaxError) and e.filename and e.filename.endswith("main.py"):
        return e.lineno
    frames = [f for f in traceback.extract_tb(e.__traceback__) if f.filename.endswith("main.py")]
    return frames[-1].lineno
try:
    exec(compile(open(path, encoding="utf-8").read(), path, "exec"), {"__name__": "__main__"})
except SystemExit:
    pass
except BaseException as e:
    name = type(e).__name__ if type(e).__module__ in ("builtins", "__main__") else type(e).__module__ + "." + type(e).__name__
    message = e.msg if isinstance(e, SyntaxError) else str(e)
    print("error|main.py|%s|||%s" % (place(e), (name + ": " + message).split("\\n")[0]))
"""


def python(tool):
    def record(source, cwd):
        open(f"{cwd}/main.py", "w").write(source)
        text, _ = run([tool, "main.py"], cwd)
        _, rows = run([tool, "-c", PYTHON_ORACLE], cwd)
        return text, rows.strip().split("\n") if rows.strip() else []
    return record


NODE_ORACLE = """
process.on("uncaughtExceptionMonitor", e => {
  Error.prepareStackTrace = (_, sites) => sites.find(it => (it.getFileName() || "").endsWith("main.js"));
  const at = e instanceof Error && !(e instanceof SyntaxError) && e.stack;
  if (at) console.log(`error|${at.getFileName()}|${at.getLineNumber()}|${at.getColumnNumber()}||${e.message}`.split("\\n")[0]);
});
"""


def node(source, cwd):
    open(f"{cwd}/main.js", "w").write(source)
    text, _ = run(["node", "main.js"], cwd)
    open(f"{cwd}/hook.js", "w").write(NODE_ORACLE)
    _, rows = run(["node", "--require", "./hook.js", "main.js"], cwd)
    return text, [it for it in rows.split("\n") if it.startswith("error|")]


# Starts the program with a handler that prints the exceptions of all threads.
JAVA_ORACLE = """
public class Oracle {
  static void tell(Throwable e) {
    for (StackTraceElement at : e.getStackTrace())
      if ("Main.java".equals(at.getFileName())) {
        String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        System.out.printf("error|%s|%d|||%s%n", at.getFileName(), at.getLineNumber(), message.split("\\n")[0]);
        return;
      }
  }
  public static void main(String[] args) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> tell(e));
    try {
      Class.forName("Main").getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (java.lang.reflect.InvocationTargetException e) {
      tell(e.getCause());
    }
  }
}
"""


def java(source, cwd):
    open(f"{cwd}/Main.java", "w").write(source)
    open(f"{cwd}/Oracle.java", "w").write(JAVA_ORACLE)
    run(["javac", "-g", "Main.java", "Oracle.java"], cwd)
    text, _ = run(["java", "-XX:MaxJavaStackTraceDepth=30", "-cp", ".", "Main"], cwd)
    _, rows = run(["java", "-cp", ".", "Oracle"], cwd)
    return text, [it for it in rows.split("\n") if it.startswith("error|")]


def plain(suffix, *command):
    def record(source, cwd):
        open(f"{cwd}/main{suffix}", "w").write(source)
        text, _ = run([*command, f"main{suffix}"], cwd)
        return text, []
    return record


def localised_r(locale, language):
    def record(source, cwd):
        open(f"{cwd}/main.R", "w").write(source)
        text, _ = run(["Rscript", "main.R"], cwd, {"LC_ALL": locale, "LANGUAGE": language})
        return text, []
    return record


def perl(source, cwd):
    open(f"{cwd}/main.pl", "w").write(source)
    text, _ = run(["perl", "main.pl"], cwd)
    hook = 'BEGIN { $SIG{__WARN__} = sub { print "warning||||" . "|" . (split /\\n/, $_[0])[0] . "\\n" }; }'
    open(f"{cwd}/Hook.pm", "w").write(f"package Hook; {hook} 1;")
    _, rows = run(["perl", "-I.", "-MHook", "main.pl"], cwd)
    return text, [it for it in rows.split("\n") if it.startswith("warning|")]


def ghc(source, cwd):
    open(f"{cwd}/main.hs", "w").write(source)
    text, _ = run(["ghc", "-Wall", "-fno-code", "main.hs"], cwd)
    _, machine = run(["ghc", "-Wall", "-fno-code", "-ddump-json", "main.hs"], cwd)
    rows = []
    for line in machine.split("\n"):
        it = json.loads(line) if line.startswith("{") else {}
        if it.get("severity") in ("SevError", "SevWarning") and it.get("span"):
            span = it["span"]
            rows.append(row("error" if it["severity"] == "SevError" else "warning", span["file"], span["startLine"],
                            span["startCol"], "", ""))
    return text, rows


def native(title, source, cwd):
    language, *flags = title.split()[1:]
    suffix = {"c": ".c", "c++": ".cpp"}[language]
    open(f"{cwd}/main{suffix}", "w").write(source)
    run(["gcc" if language == "c" else "g++", *flags, f"main{suffix}", "-o", "main"], cwd)
    text, _ = run(["./main"], cwd, {"LONG": "much longer than four characters"})
    return re.sub(r"==\d+==", "==1==", text), []


FAMILIES = {
    "gcc": ("c", gcc("gcc", ".c")), "gpp": ("cpp", gcc("g++", ".cpp")),
    "gcc-de": ("c", gcc("gcc", ".c", "de_DE.UTF-8")), "gcc-fr": ("c", gcc("gcc", ".c", "fr_FR.UTF-8")),
    "gcc-ja": ("c", gcc("gcc", ".c", "ja_JP.UTF-8")), "gcc-ko": ("c", gcc("gcc", ".c", "ko_KR.UTF-8")),
    "gcc-zh": ("c", gcc("gcc", ".c", "zh_CN.UTF-8")),
    "clang": ("c", clang("clang", ".c")), "clangpp": ("cpp", clang("clang++", ".cpp")),
    "rustc": ("rust", rustc), "rustc-short": ("rust", lambda source, cwd: rustc(source, cwd, "--error-format=short")),
    "go": ("go", plain(".go", "go", "run")), "ghc": ("haskell", ghc),
    "python3.8": ("python", python("python3.8")), "python3.11": ("python", python("python3.11")),
    "python3.13": ("python", python("python3.13")), "node": ("node", node), "java": ("javarun", java),
    "ruby": ("ruby", plain(".rb", "ruby")), "perl": ("perl", perl), "r": ("r", plain(".R", "Rscript")),
    "r-de": ("r", localised_r("de_DE.UTF-8", "de")), "r-ko": ("r", localised_r("ko_KR.UTF-8", "ko")),
   
    "native": ("native", native),
}


def main():
    only_new = "--new" in sys.argv
    for family in [it for it in sys.argv[1:] if it != "--new"] or FAMILIES:
        name, record = FAMILIES[family]
        path = f"{HERE}/{family}.recorded"
        known = re.findall(r"(?m)^=== (.*)$", open(path, encoding="utf-8").read()) if only_new and os.path.exists(path) else []
        with open(path, "a" if only_new else "w", encoding="utf-8") as out:
            for title, source in mistakes(name):
                if title.split()[0] in known:
                    continue
                with tempfile.TemporaryDirectory() as cwd:
                    os.chdir(cwd)
                    text, rows = record(title, source, cwd) if record is native else record(source, cwd)
                    if text is None:
                        print(f"{family}: not installed", file=sys.stderr)
                        break
                    text = text.replace(os.path.realpath(cwd), PROJECT)
                    rows = [it.replace(os.path.realpath(cwd), PROJECT) for it in rows]
                    out.write(f"=== {title.split()[0]}\n{text}" + ("" if text.endswith("\n") or not text else "\n"))
                    out.write("--- machine\n" + "".join(it + "\n" for it in rows))
                    os.chdir("/")


main()
