package io.procmon.classroom.logbook;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.mirror.Choice;
import io.procmon.classroom.mirror.Look;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.History;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests that every store of attempts must pass. */
public abstract class AttemptStoreContract {

    protected static final Work WORK = new Work(new Student("os", "1", "202012180"), "hw1");
    protected static final Work OTHER = new Work(new Student("os", "1", "202012181"), "hw1");
    private static final Work STRANGE =
            new Work(new Student("os", "1", "it's \"7\"; --\n/\u001f%2F\uD83D\uDC1F"), "한 \\글+");
    private static final String STORY = "0:00 build failed; 0:10 build failed; 1:00 build ok call=3 makes=main;"
            + " 2:00 run SIGSEGV via=gdb cpu=4; 3:00 build ok bytes=70; 3:30 run ok misses=-Wall";

    private AttemptStore store;

    /** A store with the data of an earlier store of the same test. The caller opens it. */
    protected abstract AttemptStore store();

    @BeforeEach
    void open() {
        store = store();
        store.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void emptyStore_hasNothing() {
        assertThat(store.works()).isEmpty();
        assertThat(store.of(WORK)).isEmpty();
        assertThat(store.size()).isZero();
    }

    @Test
    void anyOrderAndAnyRepetition_leavesTheSame() {
        List<Attempt> story = Story.of(STORY);
        List<Attempt> told = new ArrayList<>(story);
        told.addAll(story);
        told.addAll(story);
        Collections.shuffle(told, new Random(7));

        long news = told.stream()
                .filter(attempt -> store.enter(WORK, attempt) == Admission.ADDED)
                .count();

        assertThat(news).isEqualTo(story.size());
        assertThat(inOrder(store.of(WORK))).isEqualTo(story);
        assertThat(store.size()).isEqualTo(story.size());
    }

    @Test
    void attempt_isToldFromOthersByItsWorkToo() {
        Attempt attempt = Story.of(STORY).getFirst();

        assertThat(store.enter(WORK, attempt)).isEqualTo(Admission.ADDED);
        assertThat(store.enter(OTHER, attempt)).isEqualTo(Admission.ADDED);
        assertThat(store.enter(WORK, attempt)).isEqualTo(Admission.REPEATED);
    }

    @Test
    void names_mayHaveAnyCharacter() {
        List<Attempt> story = Story.of("0:00 build ok of=it's.c; 1:00 run ok");

        story.forEach(attempt -> store.enter(STRANGE, attempt));

        assertThat(store.works()).containsExactly(STRANGE);
        assertThat(inOrder(store.of(STRANGE))).isEqualTo(story);
    }

    @Test
    void worksSince_areThoseWithANewerAttempt() {
        store.enter(OTHER, Story.of("9:00 build ok").getFirst());
        store.enter(WORK, Story.of("5:00 build ok").getFirst());
        store.enter(WORK, Story.of("1:00 build ok").getFirst());

        assertThat(store.works()).containsExactly(WORK, OTHER);
        assertThat(store.worksSince(Story.at("4:59"))).containsExactly(WORK, OTHER);
        assertThat(store.worksSince(Story.at("5:00"))).containsExactly(OTHER);
        assertThat(store.worksSince(Story.at("9:00"))).isEmpty();
    }

    @Test
    void selection_findsWorksAndTheirAttempts() {
        List<Attempt> story = Story.of(STORY);
        Work ofOtherCourse = new Work(new Student("db", "1", "202012180"), "hw1");
        Work otherHomework = new Work(WORK.student(), "hw2");
        List<Work> all = List.of(ofOtherCourse, WORK, OTHER, STRANGE, otherHomework);
        all.forEach(work -> story.forEach(attempt -> store.enter(work, attempt)));
        Intervention intervention = intervention(1, "3:00", "Kim");
        all.forEach(work -> store.enter(work, intervention));

        Map<WorkSelection, List<Work>> expected = Map.of(
                WorkSelection.ALL,
                List.of(ofOtherCourse, WORK, OTHER, otherHomework, STRANGE),
                WorkSelection.of(STRANGE),
                List.of(STRANGE),
                WorkSelection.of(Optional.of("os"), _ -> true),
                List.of(WORK, OTHER, otherHomework, STRANGE),
                WorkSelection.of(Optional.empty(), "db"::equals),
                List.of(ofOtherCourse),
                new WorkSelection(
                        Optional.empty(), Optional.of("1"), Optional.of("hw1"), Optional.of("202012180"), _ -> true),
                List.of(ofOtherCourse, WORK),
                WorkSelection.of(Optional.of("none"), _ -> true),
                List.of());

        expected.forEach((selection, works) -> {
            assertThat(store.works(selection)).isEqualTo(works);
        });
        assertThat(store.interventionsOf(all))
                .containsOnlyKeys(all)
                .allSatisfy((_, found) -> assertThat(found).containsExactly(intervention));
        assertThat(store.of(all))
                .containsOnlyKeys(all)
                .allSatisfy((_, attempts) -> assertThat(inOrder(attempts)).isEqualTo(story));
    }

    @Test
    void forgottenStudent_leavesNothing_andTheOthersEverything() {
        List<Attempt> story = Story.of(STORY);
        Work otherHomework = new Work(WORK.student(), "hw2");
        Work otherSection = new Work(new Student("os", "2", WORK.student().id()), "hw1");
        for (Work work : List.of(WORK, otherHomework, OTHER, otherSection)) {
            story.forEach(attempt -> store.enter(work, attempt));
            store.enter(work, intervention(1, "3:00", "Kim"));
        }
        store.keep();

        assertThat(store.forget(WORK.student(), Story.at("9:00"))).isEqualTo(2L * story.size());
        assertThat(store.forget(WORK.student(), Story.at("9:01"))).isZero();
        store.keep();
        store.close();
        store = store();
        store.open();

        assertThat(store.works()).containsExactly(OTHER, otherSection);
        assertThat(store.of(WORK)).isEmpty();
        assertThat(store.interventionsOf(otherHomework)).isEmpty();
        assertThat(inOrder(store.of(OTHER))).isEqualTo(story);
        assertThat(store.interventionsOf(otherSection)).hasSize(1);
        assertThat(store.size()).isEqualTo(2L * story.size());
    }

    @Test
    void afterADeletion_whatBeganBeforeItStaysAway_andWhatBeganLaterIsStored() {
        List<Attempt> story = Story.of(STORY);
        enterAll(STORY);
        store.forget(WORK.student(), Story.at("9:00"));
        Work otherHomework = new Work(WORK.student(), "hw2");

        assertThat(story).allMatch(it -> store.enter(WORK, it) == Admission.DELETED);
        assertThat(store.enter(otherHomework, Story.of("9:00 build ok").getFirst()))
                .isEqualTo(Admission.DELETED);
        assertThat(store.enter(OTHER, story.getFirst())).isEqualTo(Admission.ADDED);
        assertThat(store.enter(WORK, Story.of("9:01 build ok").getFirst())).isEqualTo(Admission.ADDED);
        store.keep();
        reopen();

        assertThat(story).allMatch(it -> store.enter(WORK, it) == Admission.DELETED);
        assertThat(store.of(WORK)).isEqualTo(Story.of("9:01 build ok"));
        assertThat(store.choiceOf(WORK.student()))
                .isEqualTo(new Choice(Optional.empty(), Optional.of(Story.at("9:00"))));
    }

    @Test
    void earlierDeletion_takesNothingBack() {
        store.forget(WORK.student(), Story.at("9:00"));
        store.forget(WORK.student(), Story.at("1:00"));

        assertThat(store.enter(WORK, Story.of("5:00 build ok").getFirst())).isEqualTo(Admission.DELETED);
    }

    /** The clock of its node is ahead of the clock of the class service. */
    @Test
    void activityAfterTheDeletion_byTheClockOfItsNode_isDeletedToo_upToADay() {
        Attempt ahead = Story.of("300:00 build ok").getFirst();
        Attempt wrong = Story.of("9000:00 build ok").getFirst();
        store.enter(WORK, ahead);
        store.forget(WORK.student(), Story.at("9:00"));
        store.enter(OTHER, wrong);
        store.forget(OTHER.student(), Story.at("9:00"));

        assertThat(store.enter(WORK, ahead)).isEqualTo(Admission.DELETED);
        assertThat(store.enter(WORK, Story.of("300:01 build ok").getFirst())).isEqualTo(Admission.ADDED);
        assertThat(store.enter(OTHER, Story.of("1449:00 build ok").getFirst())).isEqualTo(Admission.DELETED);
        assertThat(store.enter(OTHER, Story.of("1449:01 build ok").getFirst())).isEqualTo(Admission.ADDED);
    }

    @Test
    void studentWhoOptsOut_isNotRecorded_keepsTheRecord_andCanOptIn() {
        List<Attempt> story = Story.of(STORY);
        enterAll(STORY);
        Attempt later = Story.of("5:00 build ok").getFirst();

        assertThat(store.setOptedOut(WORK.student(), Optional.empty())).isFalse();
        assertThat(store.setOptedOut(WORK.student(), Optional.of(Story.at("4:00"))))
                .isTrue();
        assertThat(store.setOptedOut(WORK.student(), Optional.of(Story.at("4:30"))))
                .isFalse();
        store.keep();
        reopen();

        assertThat(store.optedOut()).containsExactly(WORK.student());
        assertThat(store.choiceOf(WORK.student()))
                .isEqualTo(new Choice(Optional.of(Story.at("4:00")), Optional.empty()));
        assertThat(store.choiceOf(OTHER.student())).isEqualTo(Choice.NONE);
        assertThat(store.enter(WORK, later)).isEqualTo(Admission.OPTED_OUT);
        assertThat(store.enter(OTHER, later)).isEqualTo(Admission.ADDED);
        assertThat(inOrder(store.of(WORK))).isEqualTo(story);

        assertThat(store.setOptedOut(WORK.student(), Optional.empty())).isTrue();
        store.keep();
        reopen();
        assertThat(store.optedOut()).isEmpty();
        assertThat(store.enter(WORK, later)).isEqualTo(Admission.ADDED);
    }

    @Test
    void deletionAndOptingOut_doNotChangeEachOther() {
        store.setOptedOut(STRANGE.student(), Optional.of(Story.at("1:00")));
        store.forget(STRANGE.student(), Story.at("2:00"));
        assertThat(store.choiceOf(STRANGE.student()))
                .isEqualTo(new Choice(Optional.of(Story.at("1:00")), Optional.of(Story.at("2:00"))));
        assertThat(store.optedOut()).containsExactly(STRANGE.student());

        store.setOptedOut(STRANGE.student(), Optional.empty());

        assertThat(store.choiceOf(STRANGE.student()))
                .isEqualTo(new Choice(Optional.empty(), Optional.of(Story.at("2:00"))));
        assertThat(store.setOptedOut(STRANGE.student(), Optional.of(Story.at("3:00"))))
                .isTrue();
    }

    @Test
    void links_stayRevoked_untilTheLatestTime_alsoAfterADeletion() {
        enterAll(STORY);
        assertThat(store.linksRevokedUntil(WORK.student())).isEmpty();
        store.revokeLinks(WORK.student(), Story.at("2:00").plusMillis(123));
        store.revokeLinks(WORK.student(), Story.at("1:00"));
        store.revokeLinks(STRANGE.student(), Story.at("1:00"));
        store.forget(WORK.student(), Story.at("9:00"));
        store.keep();
        reopen();

        assertThat(store.linksRevokedUntil(WORK.student()))
                .contains(Story.at("2:00").plusMillis(123));
        assertThat(store.linksRevokedUntil(STRANGE.student())).contains(Story.at("1:00"));
        assertThat(store.linksRevokedUntil(OTHER.student())).isEmpty();

        store.revokeLinks(WORK.student(), Story.at("3:00"));
        assertThat(store.linksRevokedUntil(WORK.student())).contains(Story.at("3:00"));
    }

    /** A delivery that begins before the deletion ends after it. */
    @Test
    void deliveriesDuringADeletion_leaveNothingOfBefore() throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int minute = 0; minute < 200; minute++) {
            Attempt attempt = Story.of(minute % 60 + ":00 build ok").getFirst();
            Work work = new Work(WORK.student(), "hw" + minute);
            tasks.add(() -> store.enter(work, attempt) == Admission.ADDED);
        }
        tasks.add(100, () -> store.forget(WORK.student(), Story.at("60:00")) >= 0);

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            threads.invokeAll(tasks);
        }

        assertThat(store.works()).isEmpty();
        assertThat(store.size()).isZero();
        assertThat(store.of(new Work(WORK.student(), "hw99"))).isEmpty();
    }

    @Test
    void looks_areKeptOncePerHourViewerAndKind_andGoWithTheRecord() {
        enterAll(STORY);
        enterAll(OTHER, STORY);
        Instant nine = Instant.parse("2026-03-02T09:00:00Z");
        Look first = Look.at(nine, "Kim", Look.Kind.WORK);
        store.enter(WORK.student(), Look.at(nine.plusSeconds(3600), "kim \uD83D\uDC1F", Look.Kind.ATTEMPTS));
        store.enter(WORK.student(), Look.at(nine.plusSeconds(3599), "Kim", Look.Kind.WORK));
        store.enter(WORK.student(), first);
        store.enter(WORK.student(), Look.at(nine, Look.TOKEN, Look.Kind.WORK));
        store.enter(WORK.student(), Look.at(nine, "Kim", Look.Kind.MEASURES));
        store.enter(OTHER.student(), first);
        store.keep();
        reopen();

        assertThat(store.looksAt(WORK.student()))
                .containsExactly(
                        new Look("Kim", Look.Kind.MEASURES, nine),
                        first,
                        new Look(Look.TOKEN, Look.Kind.WORK, nine),
                        new Look("kim \uD83D\uDC1F", Look.Kind.ATTEMPTS, nine.plusSeconds(3600)));

        store.forget(WORK.student(), Story.at("9:00"));

        assertThat(store.looksAt(WORK.student())).isEmpty();
        assertThat(store.looksAt(OTHER.student())).containsExactly(first);
    }

    @Test
    void ofManyLooks_theNewestAreThere() {
        enterAll(STORY);
        Instant nine = Instant.parse("2026-03-02T09:00:00Z");
        for (int hour = 0; hour < StudentStore.LOOKS_MAX + 3; hour++) {
            store.enter(WORK.student(), Look.at(nine.plus(Duration.ofHours(hour)), "Kim", Look.Kind.WORK));
        }

        assertThat(store.looksAt(WORK.student()))
                .hasSize(StudentStore.LOOKS_MAX)
                .first()
                .isEqualTo(Look.at(nine.plus(Duration.ofHours(3)), "Kim", Look.Kind.WORK));
    }

    private void reopen() {
        store.close();
        store = store();
        store.open();
    }

    @Test
    void whatWasKept_isThereAfterARestart() {
        List<Attempt> story = Story.of(STORY);
        story.forEach(attempt -> store.enter(WORK, attempt));
        store.keep();
        store.close();

        store = store();
        store.open();

        assertThat(inOrder(store.of(WORK))).isEqualTo(story);
        assertThat(store.enter(WORK, story.getLast())).isEqualTo(Admission.REPEATED);
        assertThat(store.size()).isEqualTo(story.size());
    }

    @Test
    void manyThreads_enterEachAttemptOnce() throws Exception {
        List<Attempt> story = Story.of(STORY);
        List<Callable<Long>> tasks = Collections.nCopies(
                8,
                () -> story.stream()
                        .filter(attempt -> store.enter(WORK, attempt) == Admission.ADDED)
                        .count());
        long news = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Long> entered : threads.invokeAll(tasks)) {
                news += entered.get();
            }
        }

        assertThat(news).isEqualTo(story.size());
        assertThat(inOrder(store.of(WORK))).isEqualTo(story);
    }

    @Test
    void runOfAnotherNode_leadsToItsBuild_howeverTheyArrive() {
        List<Attempt> story = Story.of("0:00 build ok on=lab-1 program=9@0:01; 1:00 run ok on=lab-2 program=9@0:01");
        List<Attempt> told = List.of(story.getLast(), story.getFirst(), story.getLast(), story.getFirst());

        told.forEach(attempt -> store.enter(WORK, attempt));

        Attempt run = History.of(store.of(WORK)).runs().getFirst();
        assertThat(run.descent().builtBy()).contains(story.getFirst().id());
        assertThat(run.origin().builtOn()).contains("lab-1");
    }

    @Test
    void interventions_areKeptOnce_inOrder_besideTheAttempts() {
        List<Intervention> told = List.of(intervention(1, "3:00", "Kim"), intervention(2, "1:00", "김 \uD83D\uDC1F"));
        enterAll(STORY);
        store.enter(STRANGE, Story.of("0:00 build ok").getFirst());

        assertThat(told).allMatch(it -> store.enter(WORK, it)).noneMatch(it -> store.enter(WORK, it));
        assertThat(store.enter(STRANGE, told.getFirst())).isTrue();

        assertThat(store.interventionsOf(WORK)).isEqualTo(told.reversed());
        assertThat(store.interventionsOf(OTHER)).isEmpty();
        assertThat(store.interventionsOf(List.of(STRANGE, OTHER, WORK)))
                .isEqualTo(Map.of(WORK, told.reversed(), STRANGE, List.of(told.getFirst()), OTHER, List.of()));
        assertThat(store.works()).containsExactlyInAnyOrder(WORK, STRANGE);
    }

    @Test
    void interventions_areThereAfterARestart() {
        enterAll(STORY);
        store.enter(WORK, intervention(1, "3:00", ""));
        store.keep();
        store.close();

        store = store();
        store.open();

        assertThat(store.interventionsOf(WORK)).containsExactly(intervention(1, "3:00", ""));
        assertThat(store.enter(WORK, intervention(1, "3:00", ""))).isFalse();
    }

    @Test
    void ofManyInterventions_theNewestAreThere() {
        enterAll(STORY);
        for (int minute = 0; minute < AttemptStore.INTERVENTIONS_MAX + 3; minute++) {
            store.enter(WORK, intervention(minute, minute + ":00", "Kim"));
        }

        assertThat(store.interventionsOf(WORK))
                .hasSize(AttemptStore.INTERVENTIONS_MAX)
                .first()
                .isEqualTo(intervention(3, "3:00", "Kim"));
    }

    private void enterAll(String story) {
        enterAll(WORK, story);
    }

    private void enterAll(Work work, String story) {
        Story.of(story).forEach(attempt -> store.enter(work, attempt));
    }

    private static Intervention intervention(int number, String at, String teacher) {
        return new Intervention(new UUID(0, number), Story.at(at), teacher);
    }

    private static List<Attempt> inOrder(List<Attempt> attempts) {
        return attempts.stream().sorted(comparing(Attempt::startedAt)).toList();
    }
}
