package io.procmon.classroom.progsnap2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MainTableTest {

    private static final String TABLE = """
            EventType,EventID,SubjectID,Order,ClientTimestamp,CompileResult,ParentEventID,CompileMessageData,SourceLocation
            Compile,1,"s1",1,2026-03-02T09:15:00.5+0900,Error,,,
            Compile.Error,2,"s1",2,,,1,"expected ';'
            before 'x'",Text:3:4
            Compile,3,"s1",3,2026-03-02T09:16:00Z,Success,,,
            Run.Program,4,"s1",4,,,,,
            """;

    @Property
    void damagedTable_isRead_orNamedWithItsLine(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 420) Integer> places, @ForAll byte damage) {
        byte[] table = TABLE.getBytes(UTF_8);
        places.forEach(place -> table[place % table.length] = damage);

        assertThat(problem(table)).matches("|MainTable\\.csv:\\d+:\\d+: .+");
    }

    @Property
    void tableThatEndsAnywhere_isRead_orNamedWithItsLine(@ForAll @IntRange(max = 420) int length) {
        byte[] table = TABLE.substring(0, Math.min(length, TABLE.length())).getBytes(UTF_8);

        assertThat(problem(table)).matches("|MainTable\\.csv:\\d+:\\d+: .+");
    }

    /** The error in a table; empty if it can be read. Any other exception fails the test. */
    private static String problem(byte[] table) {
        try {
            MainTable.read(
                    new ByteArrayInputStream(table), ErrorType.FIRST_LINE, new Ordering(true, List.of("SubjectID")));
            return "";
        } catch (BadDataset e) {
            return e.getMessage();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
