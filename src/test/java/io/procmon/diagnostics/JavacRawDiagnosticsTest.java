package io.procmon.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * javac itself is the oracle: {@code -XDrawDiagnostics} says of each mistake what its text for people says. It implies
 * {@code -Xdiags:verbose}.
 */
class JavacRawDiagnosticsTest {

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    @TempDir
    private Path directory;

    @Test
    void rawDiagnosticsOfEachMistake_sayWhatTheTextSays() throws IOException {
        List<String> raw = new ArrayList<>();
        List<String> text = new ArrayList<>();
        for (String mistake : mistakes()) {
            int end = mistake.indexOf('\n');
            String name = mistake.substring(0, end);
            String source = mistake.substring(end + 1);
            raw.add(name + told(compiled(source, "-Xlint:all", "-XDrawDiagnostics")));
            text.add(name + told(compiled(source, "-Xlint:all", "-Xdiags:verbose")));
        }

        assertThat(text).hasSizeGreaterThan(80);
        assertThat(raw).containsExactlyElementsOf(text);
    }

    private String compiled(String source, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-d", directory.toString()));
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Main.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignored) {
                return source;
            }

            @Override
            public String getName() {
                return "Main.java";
            }
        };
        StringWriter messages = new StringWriter();
        JAVAC.getTask(messages, null, null, all, null, List.of(file)).call();
        return messages.toString();
    }

    private static List<String> told(String messages) {
        return Texts.build("java", messages).list().stream()
                .map(it -> "%s %s:%d %s"
                        .formatted(
                                it.severity(), it.file().orElse(""), it.line().orElse(0), it.type()))
                .toList();
    }

    private static List<String> mistakes() throws IOException {
        try (InputStream in = JavacRawDiagnosticsTest.class.getResourceAsStream("/diagnostics/java.mistakes")) {
            String all = new String(in.readAllBytes(), UTF_8);
            return List.of(all.substring("=== ".length()).split("(?m)^=== ", -1));
        }
    }
}
