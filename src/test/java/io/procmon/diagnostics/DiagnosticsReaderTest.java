package io.procmon.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosticsReaderTest {

    private static final String ERROR = "main.c:3:5: error: 'x' undeclared (first use in this function)\n";

    @Test
    void errorOfACompiler_hasItsPlaceTypeAndMessage() {
        Diagnostics read = Texts.build("c", ERROR);

        assertThat(read.errors()).isOne();
        Diagnostic error = read.list().getFirst();
        assertThat(error.severity()).isEqualTo(Severity.ERROR);
        assertThat(error.file()).contains("main.c");
        assertThat(error.line()).hasValue(3);
        assertThat(error.column()).hasValue(5);
        assertThat(error.message()).contains("'x' undeclared (first use in this function)");
    }

    @Test
    void warningTreatedAsAnError_isAnErrorOfTheWarningsType() {
        Diagnostics read = Texts.build("c", "main.c:3:5: error: unused variable 'y' [-Werror=unused-variable]\n");

        assertThat(read.errors()).isOne();
        assertThat(read.list().getFirst().type()).isEqualTo("-Wunused-variable");
    }

    @Test
    void colours_changeNothing() {
        String colourful = "\u001b[01m\u001b[Kmain.c:3:5:\u001b[m\u001b[K \u001b[01;31m\u001b[Kerror: \u001b[m\u001b[K"
                + "'x' undeclared (first use in this function)\n";

        assertThat(Texts.build("c", colourful)).isEqualTo(Texts.build("c", ERROR));
    }

    @Test
    void kindInALanguageThatNobodyListed_isReadByItsColour() {
        String unknown = "main.c:3:5: \u001b[01;31m\u001b[Kxyzzy: \u001b[m\u001b[Kabc\n";

        assertThat(Texts.build("c", unknown).errors()).isOne();
        assertThat(Texts.build("c", "main.c:3:5: xyzzy: abc\n")).isEqualTo(Diagnostics.NONE);
    }

    @Test
    void programThatPrintsACompilersError_hasNone() {
        assertThat(Texts.run("binary", ERROR)).isEqualTo(Diagnostics.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "build c|error: unsupported option '-ansii'|unsupported option _",
                "build c++|warning: unknown warning option '-Wal' [-Wunknown-warning-option]|-Wunknown-warning-option",
                "build c|usage: cc1 [-option]|",
                "build c|' a.c:3:4: error: quoted in a source line'|",
                "build c|/usr/bin/ld: /tmp/b.c:1: multiple definition of `f'; /tmp/a.c:1: first defined here|multiple definition",
                "build c|cc1: warning: use of uninitialized value ‘x’ [CWE-457] [-Wanalyzer-use-of-uninitialized-value]|-Wanalyzer-use-of-uninitialized-value",
                "build c|clang: warning: -lm: 'linker' input unused [-Wunused-command-line-argument]|-Wunused-command-line-argument",
                "build c|/usr/bin/ld: warning: creating DT_TEXTREL in a PIE|creating DT_TEXTREL in a PIE",
                "build c|ld.lld: warning: cannot find entry symbol _start|cannot find entry symbol _start",
                "build c|mold: warning: symbol type mismatch: f|symbol type mismatch: f",
                "build c++|a.cpp:1:22: warning:   when initialized here [-Wreorder]|-Wreorder",
                "build c|a.c:2:10: warning: variable ‘n’ set but not used [-Wunused-but-set-variable=]|-Wunused-but-set-variable",
                "build c++|a.cpp:1:25: error: ‘virtual void A::f(int)’ was hidden [-Werror=overloaded-virtual=]|-Woverloaded-virtual",
                "build haskell|a.hs:1:14: error: [GHC-88464] Variable not in scope: total|undeclared name",
                "build haskell|a.hs:1:1: warning: [GHC-66111] [-Wunused-imports]|-Wunused-imports",
                "build haskell|a.hs:2:1-4: error: [GHC-58481] parse error on input ‘main’|parse error",
                "build go|./a.go:3:1: syntax error: unexpected }, expected )|expected ')'",
                "build c|(.text+0x0): multiple definition of `f'; a.o (symbol from plugin):(.text+0x0): first|multiple definition",
                "build c|/usr/bin/ld: a.o：对‘f’未定义的引用|",
                "build c|a.c:(.text+0xa)：对‘f’未定义的引用|undefined reference",
                "run java|Error: cannot open the file|",
                "run java|Error: Could not find or load main class Mian|Could not find or load main class Mian",
                "run python|python3: can't open file '/home/coder/project/hw1/a.py': [Errno 2] No such file|can't open file _: [Errno N] No such file",
                "run binary|fatal error: stack overflow|stack overflow",
                "run binary|thread 'main' (7) has overflowed its stack|stack overflow",
                "run binary|libc++abi: terminating|terminate called without an active exception",
                "run binary|libc++abi: Pure virtual function called!|pure virtual method called",
                "run binary|libc++abi: terminating with uncaught exception of type std::logic_error: |std::logic_error",
                "run binary|/usr/include/c++/v1/vector:1440: _LIBCPP_ASSERT '__n < size()' failed. vector[] index out of bounds|assertion failed",
                "run binary|==1==ERROR: AddressSanitizer: requested allocation size 0x40 (0x41 after adjustments for alignment, red zones etc.) exceeds maximum supported size of 0x100 (thread T0)|AddressSanitizer: allocation-size-too-big",
                "run ruby|a.rb: compile error (SyntaxError)|",
                "run perl|'	...propagated at a.pl line 3.'|",
                "build go|vet: ./a.go:4:2: x declared but not used|unused variable"
            })
    void line_hasAType(String command, String line, String type) {
        String[] kindAndLanguage = command.split(" ", 2);

        assertThat(Texts.read(kindAndLanguage[0], kindAndLanguage[1], line + '\n')
                        .list())
                .extracting(Diagnostic::type)
                .isEqualTo(type == null ? List.of() : List.of(type));
    }

    /** The text is that of Ruby 3.4 and 4.0, which mark one character or several. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'    ^~~ unexpected ''end'', ignoring it'|unexpected 'end', ignoring it",
                "'    ^ unterminated string meets end of file'|unterminated string meets end of file"
            })
    void markBelowTheSourceInRuby_hasTheReason(String mark, String reason) {
        Diagnostic read = Texts.run("ruby", """
                        main.rb: main.rb:2: syntax error found (SyntaxError)
                          1 | x = 1
                        > 2 | end
                            |%s
                          3 | y = 2
                        """.formatted(mark)).list().getFirst();

        assertThat(read.message()).contains("syntax error found; " + reason);
        assertThat(read.type()).startsWith("SyntaxError: syntax error found; ");
        assertThat(read.line()).hasValue(2);
    }

    /** The lines are those of Perl 5.36 to 5.42. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "String found where operator expected at a.pl line 3, near \"\"a\" \"b\"\"",
                "Number found where operator expected (Missing operator before \"2\"?) at a.pl line 3, near \"1 2\"",
                "Warning: Use of \"undef\" without parentheses is ambiguous at a.pl line 3.",
                "given is deprecated at a.pl line 3.",
                "Invalid conversion in printf: \"%z\\012\" at a.pl line 3.",
                "Integer overflow in hexadecimal number at a.pl line 3.",
                "Hexadecimal number > 0xffffffff non-portable at a.pl line 3.",
                "splice() offset past end of array at a.pl line 3, <STDIN> line 2."
            })
    void warningOfPerl_isNoError(String line) {
        Diagnostic read = Texts.run("perl", line + '\n').list().getFirst();

        assertThat(read.isError()).isFalse();
        assertThat(read.file()).contains("a.pl");
        assertThat(read.line()).hasValue(3);
    }

    /** The lines are those of gcc 12 and clang 14; a semicolon stands for a line end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main.c(4,9): warning: expression result unused [-Wunused-value]|4|9|-Wunused-value",
                "main.c +4:9: warning: expression result unused [-Wunused-value]|4|9|-Wunused-value",
                "main.c:4:9:{4:13-4:19}{4:1-4:2}: warning: expression result unused [-Wunused-value]|4|9|-Wunused-value",
                "main.c:4:9: warning: unused variable ‘x’ [;'   -Wunused-variable]'|4|9|-Wunused-variable",
                "main.c:4:5: error: ‘undeclared’ was not declared in;'   this scope'|4|5|undeclared name",
                "main.c:4:16: error: no matching function for call to ‘A;'   ::A()’'|4|16|no matching function",
                "main.c:4:9: error: format ‘%d’ expects argument of type ‘int *;'   ’, but argument 2 has type ‘int’'|4|9|format _ expects argument of type _, but argument N has type 'int'",
                "main.c:4:9: error: invalid suffix \"abc;'   \" on integer constant'|4|9|invalid suffix _ on integer constant",
                "main.c:4:9: error: missing;'   \"x\" in a call'|4|9|missing _ in a call",
                "main.c:4:9: warning: incompatible pointer to integer;'      conversion [-Wint-conversion]';'    int x';'        ^   ~~~~~'|4|9|-Wint-conversion",
                "a/b/main.c:4:9: error:' ';'      expected expression';'      int x';'      ^'|4|9|expected expression",
                "main.c:4:9: error: expected expression;'      not()';'      ^~~'|4|9|expected expression",
                "main.c:4:9: warning: unused variable ‘x’ [-Wunused-variable,Unused Entity Issue]|4|9|-Wunused-variable",
                "main.c:4:9: warning: unused variable ‘x’ [-Wunused-variable,35]|4|9|-Wunused-variable",
                "main.c:4:9: error: unused variable ‘x’ [-Werror,-Wunused-variable,Unused Entity Issue]|4|9|-Wunused-variable",
                "main.c:4:9: error: expected expression [Parse Issue]|4|9|expected expression",
                "main.c:4:9: error: expected expression [4]|4|9|expected expression",
                "main.c:4: error: a.c:1:2: error: told by a pragma|4|-1|a.c:N:N: error: told by a pragma",
            })
    void otherFormOfADiagnostic_saysTheSame(String lines, int line, int column, String type) {
        Diagnostic read = Texts.build("c++", lines.replace("'", "").replace(';', '\n') + "\n1 error generated.\n")
                .list()
                .getFirst();

        assertThat(read.file().orElseThrow()).endsWith("main.c");
        assertThat(read.line()).hasValue(line);
        assertThat(read.column()).isEqualTo(column > 0 ? OptionalInt.of(column) : OptionalInt.empty());
        assertThat(read.type()).isEqualTo(type);
    }

    /** The texts are those of clang 14 and javac 25. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c|main.c:2:11: error: expected expression;    x = ) // main.c:1:9: error: from yesterday;        ^|main.c:2:11",
                "c|main.c:2:1: error: expected expression;y() // main.c:1:9: warning: from yesterday;^|main.c:2:1",
                "c|main.c:2:1: error: expected expression;;^;main.c:3:1: error: expected expression;;^|main.c:2:1 main.c:3:1",
                "java|A.java:3: error: cannot find symbol;  int x = y // A.java:9: error: from yesterday;          ^|A.java:3:11",
                "java|A.java:3: error: cannot find symbol;int x = y // A.java:9: error: from yesterday;        ^|A.java:3:9",
            })
    void quotedLineThatLooksLikeADiagnostic_isNone(String language, String lines, String places) {
        Diagnostics read = Texts.build(language, lines.replace(';', '\n') + '\n');

        assertThat(read.errors()).isEqualTo(read.list().size());
        assertThat(read.warnings()).isZero();
        assertThat(read.list().stream()
                        .map(it -> "%s:%d:%d"
                                .formatted(
                                        it.file().orElseThrow(),
                                        it.line().orElseThrow(),
                                        it.column().orElseThrow()))
                        .toList())
                .containsExactly(places.split(" ", -1));
    }

    @Test
    void wrappedLinesWithCarriageReturns_areOneMessage() {
        String lines = "main.c:4:5: error: ‘undeclared’ was not declared in\n   this scope\n";

        assertThat(Texts.build("c++", lines.replace("\n", "\r\n"))).isEqualTo(Texts.build("c++", lines));
    }

    /** gcc indents a quoted line by three spaces if its number has two digits, as it indents a continuation. */
    @ParameterizedTest
    @ValueSource(ints = {9, 10, 99, 100, 12_345})
    void lineOfTheSourceBelowADiagnostic_isNoPartOfItsMessage(int line) {
        Diagnostic error = Texts.build("c", """
                        main.c:%1$d:12: error: 'total' undeclared (first use in this function)
                        %1$5d |     return total;
                              |            ^~~~~
                        """.formatted(line)).list().getFirst();

        assertThat(error.message()).contains("'total' undeclared (first use in this function)");
        assertThat(error.type()).isEqualTo("undeclared name");
    }

    /** The frames of gcc 12 have no column, those of clang 14 have one. */
    @ParameterizedTest
    @CsvSource({"main.c:9 (main+0x12a8), ", "main.c:9:8 (main+0xd2b5e), 8"})
    void frameOfTheThreadSanitizer_isAPlace(String frame, Integer column) {
        Diagnostic error = Texts.run("binary", """
                        WARNING: ThreadSanitizer: heap-use-after-free (pid=12377)
                          Read of size 4 at 0x7b0400000000 by main thread:
                            #0 free ../tsan_interceptors.cpp:715 (libtsan.so.2+0x47bf2)
                            #1 main /home/coder/project/hw1/%s
                        """.formatted(frame)).list().getFirst();

        assertThat(error.file()).contains("main.c");
        assertThat(error.line()).hasValue(9);
        assertThat(error.column()).isEqualTo(column == null ? OptionalInt.empty() : OptionalInt.of(column));
    }

    @Test
    void fileOutsideOfTheHomework_isNotTold() {
        Diagnostic error = Texts.build("c", "../../202012181/hw1/main.c:3:5: error: expected ';' before 'x'\n")
                .list()
                .getFirst();

        assertThat(error.file()).isEmpty();
        assertThat(error.line()).isEmpty();
        assertThat(error.column()).isEmpty();
    }

    @Test
    void placeInALibrarysHeader_isWhereTheStudentUsesIt() {
        Diagnostic error = Texts.build("c++", """
                        /usr/include/c++/12/bits/stl_algo.h:4820:18:   required from 'void std::sort(_RAIter, _RAIter)'
                        a.cpp:3:41:   required from here
                        /usr/include/c++/12/bits/stl_algo.h:1938:50: error: no match for 'operator-'
                        """).list().getFirst();

        assertThat(error.file()).contains("a.cpp");
        assertThat(error.line()).hasValue(3);
    }

    /** g++ 16 writes the notes of a diagnostic as a nested list. */
    @Test
    void nestedNotes_areNoDiagnosticsAndNoPartOfAMessage() {
        Diagnostics read = Texts.build("c++", """
                main.cpp:2:26: error: no matching function for call to ‘vector()’
                  • there are 14 candidates
                In file included from /usr/include/c++/16/vector:68,
                                 from main.cpp:1:
                    • candidate 1: ‘template<class T, class A> vector(std::vector<T, A>&&) -> std::vector<T, A>’
                      /usr/include/c++/16/bits/stl_vector.h:640:7:
                        640 |       vector(vector&&) noexcept = default;
                            |       ^~~~~~
                      • template argument deduction/substitution failed:
                        • main.cpp: In substitution of ‘template<class T> void f(T) [with T = int]’:
                        • required from here
                          main.cpp:9:3:
                              9 |   f(1); // main.cpp:1:2: error: copied
                                |   ~^~~
                """);

        assertThat(read.errors()).isOne();
        assertThat(read.list()).singleElement().satisfies(it -> {
            assertThat(it.message()).contains("no matching function for call to ‘vector()’");
            assertThat(it.line()).hasValue(2);
            assertThat(it.column()).hasValue(26);
        });
    }

    @Test
    void lineThatTheGapCuts_isNotRead() {
        byte[] head = (ERROR + "main.c:4:5: error: expec").getBytes(UTF_8);
        byte[] tail = ("c:9:1: error: x\n" + ERROR).getBytes(UTF_8);

        assertThat(Texts.read("build", "c", head, tail).errors()).isEqualTo(2);
    }

    @Test
    void lowestLevel_keepsNoTextOfTheStudent() {
        Diagnostic kept =
                Texts.build("c", ERROR).at(DiagnosticsLevel.TYPES).list().getFirst();

        assertThat(kept.message()).isEmpty();
        assertThat(kept.file()).isEmpty();
        assertThat(kept.line()).hasValue(3);
        assertThat(Texts.build("c", ERROR).at(DiagnosticsLevel.OFF)).isEqualTo(Diagnostics.NONE);
    }

    @Test
    void course_canLowerTheLevelAndNotRaiseIt() {
        assertThat(DiagnosticsLevel.TYPES.atMost(DiagnosticsLevel.TEXT)).isEqualTo(DiagnosticsLevel.TYPES);
        assertThat(DiagnosticsLevel.TEXT.atMost(DiagnosticsLevel.TYPES)).isEqualTo(DiagnosticsLevel.TYPES);
    }

    @Test
    void innermostFrameInTheHomework_isThePlaceOfATraceback() {
        Diagnostic error = Texts.run("python", """
                        Traceback (most recent call last):
                          File "/home/coder/project/hw1/a.py", line 3, in <module>
                            json.loads("{")
                          File "/usr/lib/python3.11/json/decoder.py", line 353, in raw_decode
                            obj, end = self.scan_once(s, idx)
                        json.decoder.JSONDecodeError: Expecting property name: line 1 column 2 (char 1)
                        """).list().getFirst();

        assertThat(error)
                .isEqualTo(new Diagnostic(
                        Severity.ERROR,
                        "json.decoder.JSONDecodeError",
                        Optional.empty(),
                        Optional.of("Expecting property name: line 1 column 2 (char 1)"),
                        Optional.of("a.py"),
                        OptionalInt.of(3),
                        OptionalInt.empty(),
                        "python"));
    }

    @Test
    void placesOfAnActivity_areThoseOfItsHomework() {
        Places places = Places.of(
                ContainerPath.of("/home/coder/project/hw1/build"),
                "hw1",
                ContainerPath.of("/home/coder/project/hw1/src/main.c"));

        assertThat(places.inHomework("../src/main.c")).contains("src/main.c");
        assertThat(places.inHomework("../../hw2/main.c")).isEmpty();
        assertThat(places.inHomework("<stdin>")).isEmpty();
        assertThat(places.inHomework("(eval)")).isEmpty();
    }
}
