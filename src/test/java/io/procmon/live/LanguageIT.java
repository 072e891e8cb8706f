package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.procmon.Prerequisites;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real tools of other languages: an action of a student is reported, and the processes that the tool starts are not.
 */
@Live
class LanguageIT {

    private static final Set<String> SMALL = Set.of("node", "perl", "ruby");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        cargo build | rust-scripted | build CARGO 0 Cargo.toml
        cargo run   | rust | build RUSTC 0 src/main.rs; run USER_BINARY 3 target/debug/hello
        cargo test  | rust | run CARGO 0 .
        cargo check | rust-scripted | build CARGO 0 Cargo.toml
        rustc main.rs | rust/src | build RUSTC 0 main.rs
        go build -o hello . | go | build GO 0 hello
        go build            | go | build GO 0 hello
        go run hello.go     | go | run GO 3 hello.go
        go run .            | go | run GO 3 .
        go test ./...       | go | run GO 0 .
        ghc -o hello hello.hs | haskell | build GHC 0 hello.hs
        runghc hello.hs       | haskell | run RUNGHC 0 hello.hs
        javac Hello.java      | java | build JAVAC 0 Hello.java
        java Hello.java       | java | run JAVA 3 Hello.java
        node hello.js         | scripts | run NODE 3 hello.js
        perl -w hello.pl      | scripts | run PERL 3 hello.pl
        ruby hello.rb         | scripts | run RUBY 3 hello.rb
        Rscript hello.R       | scripts | run R 3 hello.R
        """)
    void oneAction_isOneEvent(String command, String directory, String expected, Lab lab) {
        String[] words = Shell.words(command);
        require(words[0]);
        var student = homework(lab);

        student.run("hw1/" + directory, words);

        assertThat(lab.events(student))
                .extracting(event -> "%s %s %d %s"
                        .formatted(
                                event.kind(),
                                event.text("type"),
                                event.number("exit_code"),
                                relative(event.text("target_path"), directory)))
                .containsExactly(expected.split("; ", -1));
    }

    /** For tools whose last step is another tool, which names its output: {@code cc} for rustc and GHC. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        cargo build       | rust    | target/debug/hello | src/main.rs
        rustc src/main.rs | rust    | main               | src/main.rs
        ghc hello.hs      | haskell | hello              | hello.hs
        go build          | go      | hello              | ''
        go build hello.go | go      | hello              | hello.go
        """)
    void programThatAToolHasBuilt_leadsToThatBuild(
            String command, String directory, String program, String source, Lab lab) {
        String[] words = Shell.words(command);
        require(words[0]);
        var student = homework(lab);

        student.run("hw1/" + directory, words);
        student.run("hw1/" + directory, "./" + program);

        List<Event> events = lab.events(student);
        assertThat(events).extracting(Event::kind).containsExactly("build", "run");
        assertThat(events.getLast().text("built_by"))
                .isEqualTo(events.getFirst().text("event_id"));
        assertThat(events.getLast().list("source_files"))
                .extracting(path -> relative(path, directory))
                .isEqualTo(source.isBlank() ? List.of() : List.of(source));
    }

    @Test
    void mavenThatFails_isABuildOfItsProject(Lab lab) {
        assumeThat(Path.of("/usr/bin/mvn")).isExecutable();
        var student = lab.student().write("hw1/pom.xml", "<project>");

        var ended = student.run("hw1", "mvn", "-o", "-q", "compile");

        assertThat(ended.exitCode()).isOne();
        assertThat(lab.events(student))
                .singleElement()
                .matches(build ->
                        build.summary().equals("hw1 build MAVEN 1 " + StudentContainer.PROJECT + "/hw1/pom.xml"));
    }

    @Test
    void programThatGoRuns_crashesAsItself(Lab lab) {
        require("go");
        var student = lab.student().write("hw1/crash.go", """
                        package main

                        import "syscall"

                        func main() { syscall.Kill(syscall.Getpid(), syscall.SIGSEGV); select {} }
                        """);

        var ended = student.run("hw1", "go", "run", "crash.go");

        assertThat(ended.exitCode()).as("what go says").isOne();
        assertThat(lab.events(student)).singleElement().satisfies(run -> {
            assertThat(run.kind()).isEqualTo("run");
            assertThat(run.number("exit_code")).isIn(2, 139); // Go's runtime turns some signals into a panic
        });
    }

    @Test
    void compilesOfCargoRun_haveABuildId(Lab lab) {
        require("cargo");
        var student = homework(lab);

        student.run("hw1/rust", "cargo", "run");

        assertThat(lab.events(student).getFirst().text("build_id")).isNotNull();
    }

    @Test
    void compiledClass_runsAsItself(Lab lab) {
        require("javac");
        var student = homework(lab);

        student.run("hw1/java", "javac", "Hello.java");
        student.run("hw1/java", "java", "Hello");

        List<Event> events = lab.events(student);
        assertThat(events).hasSize(2);
        assertThat(relative(events.getLast().text("target_path"), "java")).isEqualTo("Hello.class");
    }

    /** In CI, only the small tools are required. */
    private static void require(String program) {
        if (SMALL.contains(program)) {
            Prerequisites.programs(program);
        }
        assumeThat(Path.of("/usr/bin", program))
                .as("a tool of the distribution")
                .isExecutable();
    }

    private static String relative(String path, String directory) {
        String here = StudentContainer.PROJECT + "/hw1/" + directory;
        return path.equals(here) ? "." : path.substring(here.length() + 1);
    }

    private static StudentContainer homework(Lab lab) {
        return lab.student()
                .write("hw1/rust/Cargo.toml", "[package]\nname = \"hello\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
                .write("hw1/rust-scripted/Cargo.toml", "[package]\nname = \"hello\"\nversion = \"0.1.0\"\n")
                .write("hw1/rust-scripted/build.rs", "fn main() {}\n")
                .write("hw1/rust-scripted/src/main.rs", "fn main() {}\n")
                .write("hw1/rust/src/main.rs", "fn main() { std::process::exit(3) }\n#[test]\nfn it_works() {}\n")
                .write("hw1/go/go.mod", "module example.com/hello\n")
                .write("hw1/go/hello.go", "package main\n\nimport \"os\"\n\nfunc main() { os.Exit(3) }\n")
                .write("hw1/go/hello_test.go", "package main\n\nimport \"testing\"\n\nfunc TestIt(t *testing.T) {}\n")
                .write("hw1/haskell/hello.hs", "main :: IO ()\nmain = return ()\n")
                .write(
                        "hw1/java/Hello.java",
                        "public class Hello { public static void main(String[] a) { System.exit(3); } }\n")
                .write("hw1/scripts/hello.js", "process.exit(3);\n")
                .write("hw1/scripts/hello.pl", "exit 3;\n")
                .write("hw1/scripts/hello.rb", "exit 3\n")
                .write("hw1/scripts/hello.R", "quit(status = 3)\n");
    }
}
