package io.procmon.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkedParentsTest {

    /** In hw1, {@code link} leads to {@code hw2/deep/sub}. */
    private static final ProcessFiles FILES = new ProcessFiles() {
        @Override
        public boolean isFile(ContainerPath path) {
            return false;
        }

        @Override
        public boolean isDirectory(ContainerPath path) {
            return true;
        }

        @Override
        public Optional<String> read(ContainerPath path) {
            return Optional.empty();
        }

        @Override
        public ContainerPath resolve(ContainerPath path) {
            ContainerPath link = Classroom.HW1.resolve("link");
            return path.isWithin(link)
                    ? ContainerPath.of("/home/coder/project/hw2/deep/sub"
                            + path.value().substring(link.value().length()))
                    : path;
        }
    };

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            link/../main.c                  | /home/coder/project/hw2/deep/main.c
            ./link/../main.c                | /home/coder/project/hw2/deep/main.c
            link/..                         | /home/coder/project/hw2/deep
            link//..//main.c                | /home/coder/project/hw2/deep//main.c
            ../hw1/link/../main.c           | /home/coder/project/hw2/deep/main.c
            /home/coder/project/hw1/link/../main.c | /home/coder/project/hw2/deep/main.c
            -olink/../main                  | -o/home/coder/project/hw2/deep/main
            -Ilink/../include               | -I/home/coder/project/hw2/deep/include
            --output=link/../main           | --output=/home/coder/project/hw2/deep/main
            @link/../files                  | @/home/coder/project/hw2/deep/files
            link/more/../main.c             | /home/coder/project/hw2/deep/sub/main.c
            src/../link/../main.c           | /home/coder/project/hw2/deep/main.c
            link/../../main.c               | /home/coder/project/hw2/deep/../main.c
            link/../a/../main.c             | /home/coder/project/hw2/deep/a/../main.c
            src/../main.c                   | src/../main.c
            /../main.c                      | /../main.c
            ../main.c                       | ../main.c
            link/main.c                     | link/main.c
            link/..main.c                   | link/..main.c
            -DPATH=x/y                      | -DPATH=x/y
            """)
    void twoDotsAfterALink_leadToTheParentOfItsTarget(String word, String followed) {
        assertThat(LinkedParents.followed(List.of("gcc", word), Classroom.HW1, FILES))
                .containsExactly("gcc", followed);
    }
}
