package io.procmon.events;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The start of a process image.
 *
 * @param image the identity of the image
 * @param parent the nearest ancestor image in a student's container; forks that never called exec are skipped
 * @param at time of the exec; for a process that was taken in at start-up, time of its fork
 * @param takenIn whether the process was running before procmon watched
 * @param ids the numbers of the process and of its user
 * @param context the facts that identify the container of the process
 * @param call the call of execve(2)
 * @param truncated the parts that are missing
 */
public record ExecRecord(
        ImageKey image,
        Optional<ImageKey> parent,
        Moment at,
        boolean takenIn,
        ProcessIds ids,
        ContainerContext context,
        ExecCall call,
        Set<Truncation> truncated)
        implements KernelRecord {

    /** The same record with another argv. */
    public ExecRecord with(Argv other) {
        Set<Truncation> missing = EnumSet.noneOf(Truncation.class);
        missing.addAll(truncated);
        missing.remove(Truncation.ARGV_UNREADABLE);
        if (other.cut()) {
            missing.add(Truncation.ARGV);
        }
        return with(call.with(other), missing);
    }

    /** The same record with clipped paths, and with only the first and the last arguments of a large argv. */
    ExecRecord clipped() {
        ExecCall shorter = call.clipped();
        ExecRecord record = shorter.argv().equals(call.argv()) ? this : with(shorter.argv());
        Set<Truncation> missing = EnumSet.noneOf(Truncation.class);
        missing.addAll(record.truncated);
        if (!shorter.executable().path().equals(call.executable().path())) {
            missing.add(Truncation.EXECUTABLE);
        }
        if (!shorter.cwd().equals(call.cwd())) {
            missing.add(Truncation.CWD);
        }
        if (!shorter.filename().equals(call.filename())) {
            missing.add(Truncation.FILENAME);
        }
        return with(shorter, missing);
    }

    /** The same record with another hostname. */
    public ExecRecord under(String other) {
        return other.equals(context.hostname())
                ? this
                : new ExecRecord(image, parent, at, takenIn, ids, context.under(other), call, truncated);
    }

    private ExecRecord with(ExecCall other, Set<Truncation> missing) {
        return new ExecRecord(image, parent, at, takenIn, ids, context, other, Set.copyOf(missing));
    }
}
