package io.procmon.classroom.progsnap2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {

    /** In the tables of this test, ; is a line feed, / a carriage return, and ' a quotation mark. */
    private static String table(String text) {
        return text.replace(';', '\n').replace('/', '\r').replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b;1,2;3,4         | [[1, 2], [3, 4]]",
                "a,b;1,2;            | [[1, 2]]",
                "a,b/;1,2/;3,4/;     | [[1, 2], [3, 4]]",
                "a,b/1,2/3,4         | [[1, 2], [3, 4]]",
                "a,b;;1,2;;;3,4;;    | [[1, 2], [3, 4]]",
                "a,b                 | []",
                "'a','b';'1','2'     | [[1, 2]]",
                "a,b;'1''2','3,4'    | [[1'2, 3,4]]",
                "a,b;'1;2',3         | [[1;2, 3]]",
                "a,b;'1/;2',3        | [[1/;2, 3]]",
                "a,b;,               | [[, ]]",
                "a,b;'',''           | [[, ]]",
                "'a;b',b;1,2         | [[1, 2]]",
                "a,b;한글,é          | [[한글, é]]",
                ";/;a,b;1,2          | [[1, 2]]",
                "a,b,,;1,2,,         | [[1, 2]]"
            })
    void table_isReadRowByRow(String text, String rows) throws IOException {
        assertThat(rows(table(text).getBytes(UTF_8)).toString()).isEqualTo(table(rows));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b;1,2;3,4,5        | T.csv:3:5: the row has more cells than the header, which has 2",
                "a,b;1,2;3;4,5        | T.csv:3:2: the row has 1 cells, the header has 2",
                "a,b;1,2'3            | T.csv:2:4: a cell with a quotation mark has to be quoted",
                "a,b;1,'2'3           | T.csv:2:6: there is text after the closing quotation mark",
                "a,b;'1;2','3;4,5;    | T.csv:3:4: the quotation mark is never closed",
                "a,b/;'1/;2','3       | T.csv:3:4: the quotation mark is never closed",
                "a,b,a;               | T.csv:1:5: there are two columns \"a\"",
                "😀,b;1,😀'           | T.csv:2:4: a cell with a quotation mark has to be quoted"
            })
    void mistake_isNamedWithLineAndColumn(String text, String problem) {
        assertThatThrownBy(() -> rows(table(text).getBytes(UTF_8)))
                .isInstanceOf(BadDataset.class)
                .hasMessage(problem);
    }

    @Test
    void byteOrderMark_isNoPartOfTheFirstTitle() throws IOException {
        assertThat(rows("\uFEFF\"a\",b\n1,2\n".getBytes(UTF_8))).containsExactly(List.of("1", "2"));
    }

    @Test
    void emptyFile_hasNoHeader() {
        assertThatThrownBy(() -> rows(new byte[0])).hasMessage("T.csv:1:1: there is no header");
    }

    @Test
    void bytesThatAreNotUtf8_areNamedWithLineAndColumn() {
        assertThatThrownBy(() -> rows("a,b\n1,2\n3,4é".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(BadDataset.class)
                .hasMessage("T.csv:3:4: the text is not UTF-8");
    }

    @Test
    void cellThatNobodyWants_mayBeOfAnyLength() throws IOException {
        byte[] text = ("a,b\n" + "x".repeat(CsvReader.LONGEST_CELL + 1) + ",2\n").getBytes(UTF_8);
        try (CsvReader reader = new CsvReader("T.csv", new ByteArrayInputStream(text))) {
            int b = reader.indexOf("b");

            assertThat(reader.next()).isTrue();
            assertThat(reader.cell(b)).isEqualTo("2");
        }
    }

    @Test
    void cellThatIsWanted_isBounded() {
        byte[] text = ("a,b\n" + "x".repeat(CsvReader.LONGEST_CELL + 1) + ",2\n").getBytes(UTF_8);

        assertThatThrownBy(() -> rows(text)).hasMessageContaining("T.csv:2:").hasMessageContaining("longer than");
    }

    @Test
    void textInAMessage_isBoundedAndHarmless() {
        assertThat(CsvReader.quoted("\u001b[31mred\n")).isEqualTo("\"?[31mred?\"");
        assertThat(CsvReader.quoted("x".repeat(99))).hasSize(45);
    }

    @Property
    void quotedText_isReadBack(@ForAll @Size(min = 2, max = 2) List<String> cells) throws IOException {
        List<String> valid = cells.stream()
                .map(cell -> new String(cell.getBytes(UTF_8), UTF_8))
                .toList();
        String row = valid.stream()
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));

        assertThat(rows(("a,b\n" + row).getBytes(UTF_8))).containsExactly(valid);
    }

    /** The rows of a table with the columns a and b, or with the given columns. */
    private static List<List<String>> rows(byte[] text) throws IOException {
        try (CsvReader reader = new CsvReader("T.csv", new ByteArrayInputStream(text))) {
            int a = Math.max(reader.indexOf("a"), reader.indexOf("a\nb"));
            int b = reader.indexOf("b");
            List<List<String>> rows = new ArrayList<>();
            while (reader.next()) {
                rows.add(Arrays.asList(reader.cell(a), reader.cell(b)));
            }
            return rows;
        }
    }
}
