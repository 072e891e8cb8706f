package io.procmon.classroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final int ROOM = 100_000;

    private final Shares shares = new Shares(ROOM);
    private int moment;

    @Test
    void keyOfTheLargestStudent_isTheOldestOfAllItsWorks() {
        add(work("1", "hw1"), 3);
        add(work("2", "hw2"), 2);
        add(work("2", "hw1"), 2);

        assertThat(shares.oldestOfLargest()).isEqualTo(work("2", "hw2") + "0000001");
        assertThat(shares.places()).isEqualTo(7);
    }

    @Test
    void studentWithManyHomeworks_losesThoseBeforeAnyoneElseLosesOne() {
        List<String> honest = new ArrayList<>();
        for (int student = 0; student < 20; student++) {
            honest.add(add(work("honest" + student, "hw1"), 1));
        }
        for (int homework = 0; homework < 400; homework++) {
            add(work("hostile", "hw" + homework), 50);
            removeTooMany();
        }

        assertThat(shares.prefixes()).containsAll(honest).hasSizeLessThan(250);
    }

    @Test
    void hostnamesThatAreInventedForOneRunEach_removeNobodyWhoWorks() {
        List<String> honest = new ArrayList<>();
        for (int student = 0; student < 20; student++) {
            String work = add(work("honest" + student, "hw1"), 1);
            honest.add(work);
            add(work, 1);
        }
        for (int student = 0; student < 1000; student++) {
            add(work("invented" + student, "hw1"), 1);
            removeTooMany();
        }

        assertThat(shares.prefixes()).containsAll(honest).hasSizeLessThan(250);
    }

    @Test
    void studentWhoHasJustBegun_stays() {
        for (int student = 0; student < 1000; student++) {
            String invented = add(work("invented" + student, "hw1"), 1);
            add(invented, 1);
            removeTooMany();
        }
        String begun = add(work("honest", "hw1"), 1);
        for (int student = 0; student < 20; student++) {
            add(work("late" + student, "hw1"), 1);
            removeTooMany();
        }

        assertThat(shares.prefixes()).contains(begun);
    }

    @Test
    void nothingIsLeft_afterAllWasRemoved() {
        String work = add(work("1", "hw1"), 3);

        shares.remove(work, Optional.empty(), 3);

        assertThat(shares.prefixes()).isEmpty();
        assertThat(shares.places()).isZero();
        assertThat(shares.places(work)).isZero();
    }

    private String add(String prefix, int places) {
        String at = "%07d".formatted(moment++);
        shares.add(prefix, at, at, 1, places);
        return prefix;
    }

    private void removeTooMany() {
        while (shares.hasTooManyWorks()) {
            for (String prefix : shares.worksTooMany()) {
                while (shares.attempts(prefix) > 1) {
                    shares.remove(prefix, Optional.of("x" + moment++), 0);
                }
                shares.remove(prefix, Optional.empty(), (int) shares.places(prefix));
            }
        }
    }

    private static String work(String student, String homework) {
        return AttemptKey.prefix(new Work(new Student("os", "1", student), homework));
    }
}
