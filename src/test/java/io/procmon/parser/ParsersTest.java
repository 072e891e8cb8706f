package io.procmon.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.KnownTools;
import io.procmon.process.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParsersTest {

    private static class Pascal implements CommandParser {
        @Override
        public String name() {
            return "pascal";
        }

        @Override
        public Command parse(Invocation invocation) {
            return new Command.Nothing(Command.Why.NO_INPUT);
        }
    }

    private static final class OtherPascal extends Pascal {}

    @Test
    void tool_findsItsParser() {
        Pascal parser = new Pascal();

        assertThat(new Parsers(List.of(parser), List.of(tool("fpc", "pascal"))).of(tool("fpc", "pascal")))
                .isSameAs(parser);
    }

    @Test
    void toolWithoutAParser_isRefusedWithBothNames() {
        assertThatThrownBy(
                        () -> new Parsers(List.of(new Pascal()), List.of(tool("fpc", "pascal"), tool("javac", "java"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "procmon.tools.javac.parser is 'java', but no CommandParser has this name; there are [pascal]");
    }

    @Test
    void parserWithoutATool_isRefusedWithItsNameAndTheKey() {
        assertThatThrownBy(() -> new Parsers(List.of(new Pascal()), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no tool uses the parser 'pascal' of Pascal: set procmon.tools.<tool>.parser");
    }

    @Test
    void twoParsersOfOneName_areRefusedWithBothClasses() {
        assertThatThrownBy(() -> new Parsers(List.of(new Pascal(), new OtherPascal()), List.of(tool("fpc", "pascal"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Pascal and OtherPascal both call themselves the parser 'pascal'");
    }

    private static Tool tool(String name, String parser) {
        return KnownTools.fictitious(name, Tool.Kind.COMPILER, parser);
    }
}
