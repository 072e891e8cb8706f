package io.procmon.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.homework.HomeworkLocation;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenFilesTest {

    private static final Student GREEDY = new Student("os", "1", "202012180");
    private static final Student MODEST = new Student("os", "1", "202012181");
    private static final HomeworkLocation HW1 = new HomeworkLocation.Inside("hw1");

    private final WrittenFiles files = new WrittenFiles(4_000);

    @Test
    void studentWithManyFiles_losesTheIdleOnesAlone() {
        write(MODEST, "/tmp/main");
        for (int i = 0; i < 1_000; i++) {
            write(GREEDY, "/tmp/" + i);
        }

        assertThat(files.locate(MODEST, ContainerPath.of("/tmp/main"))).contains(HW1);
        assertThat(files.locate(GREEDY, ContainerPath.of("/tmp/999"))).contains(HW1);
        assertThat(files.locate(GREEDY, ContainerPath.of("/tmp/0"))).isEmpty();
    }

    @Test
    void studentWithLongNames_losesThemAlone() {
        write(MODEST, "/tmp/main");
        for (int i = 0; i < 100; i++) {
            write(GREEDY, "/tmp/" + "d/".repeat(1_000) + i);
        }

        assertThat(files.locate(MODEST, ContainerPath.of("/tmp/main"))).contains(HW1);
    }

    @Test
    void fileThatIsWrittenAgain_takesItsPlaceOnce() {
        write(MODEST, "/tmp/main");
        for (int i = 0; i < 1_000; i++) {
            write(GREEDY, "/tmp/a");
            write(GREEDY, "/tmp/b");
        }

        assertThat(files.locate(MODEST, ContainerPath.of("/tmp/main"))).contains(HW1);
        assertThat(files.locate(GREEDY, ContainerPath.of("/tmp/a"))).contains(HW1);
    }

    @Test
    void fileThatIsWrittenOutsideOfAHomework_belongsToNone() {
        write(MODEST, "/tmp/main");
        files.written(MODEST, List.of(ContainerPath.of("/tmp/main")), new HomeworkLocation.Outside());

        assertThat(files.locate(MODEST, ContainerPath.of("/tmp/main"))).isEmpty();
    }

    private void write(Student student, String path) {
        files.written(student, List.of(ContainerPath.of(path)), HW1);
    }
}
