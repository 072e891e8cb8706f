package io.procmon.classroom.logbook;

import io.procmon.classroom.mirror.Choice;
import io.procmon.classroom.mirror.Look;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stores nothing: for a node whose class page is off. */
final class EmptyStore implements AttemptStore {

    @Override
    public void open() {}

    @Override
    public Admission enter(Work work, Attempt attempt) {
        return Admission.REPEATED;
    }

    @Override
    public void keep() {}

    @Override
    public List<Work> works(WorkSelection selection) {
        return List.of();
    }

    @Override
    public Map<Work, Long> revisions(WorkSelection selection) {
        return Map.of();
    }

    @Override
    public Map<String, Integer> courses() {
        return Map.of();
    }

    @Override
    public List<Work> worksSince(Instant time) {
        return List.of();
    }

    @Override
    public List<Attempt> of(Work work) {
        return List.of();
    }

    @Override
    public boolean enter(Work work, Intervention intervention) {
        return false;
    }

    @Override
    public List<Intervention> interventionsOf(Work work) {
        return List.of();
    }

    @Override
    public Choice choiceOf(Student student) {
        return Choice.NONE;
    }

    @Override
    public Set<Student> optedOut() {
        return Set.of();
    }

    @Override
    public boolean setOptedOut(Student student, Optional<Instant> at) {
        return false;
    }

    @Override
    public long forget(Student student, Instant now) {
        return 0;
    }

    @Override
    public void revokeLinks(Student student, Instant until) {}

    @Override
    public Optional<Instant> linksRevokedUntil(Student student) {
        return Optional.empty();
    }

    @Override
    public void enter(Student student, Look look) {}

    @Override
    public List<Look> looksAt(Student student) {
        return List.of();
    }

    @Override
    public long size() {
        return 0;
    }

    /** There is nothing that the end of this process could lose. */
    @Override
    public boolean isOnDisk() {
        return true;
    }

    @Override
    public void check() {}

    @Override
    public void onChange(StoreListener listener) {}

    @Override
    public void close() {}
}
