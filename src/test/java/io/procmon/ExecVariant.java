package io.procmon;

import io.procmon.events.Argv;
import io.procmon.events.ContainerContext;
import io.procmon.events.ExecCall;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ImageKey;
import io.procmon.events.Moment;
import io.procmon.events.ProcessIds;
import io.procmon.process.ContainerPath;
import io.procmon.process.ControlGroup;
import java.util.Optional;

/** Creates an exec that differs from another one in some fields. */
public final class ExecVariant {

    private final ExecRecord like;
    private ImageKey image;
    private Optional<ImageKey> parent;
    private int ppid;
    private int uid;
    private Moment at;
    private Executable executable;
    private String filename;
    private ContainerPath cwd;
    private Argv argv;
    private boolean takenIn;
    private ControlGroup cgroup;

    private ExecVariant(ExecRecord like) {
        this.like = like;
        image = like.image();
        parent = like.parent();
        ppid = like.ids().ppid();
        uid = like.ids().uid();
        at = like.at();
        executable = like.call().executable();
        filename = like.call().filename();
        cwd = like.call().cwd();
        argv = like.call().argv();
        takenIn = like.takenIn();
        cgroup = like.context().cgroup();
    }

    /** Starts without a difference. */
    public static ExecVariant of(ExecRecord like) {
        return new ExecVariant(like);
    }

    public ExecVariant image(ImageKey image) {
        this.image = image;
        return this;
    }

    public ExecVariant parent(Optional<ImageKey> parent) {
        this.parent = parent;
        return this;
    }

    /** Sets the process that forked it, which may have called no exec itself. */
    public ExecVariant ppid(int ppid) {
        this.ppid = ppid;
        return this;
    }

    public ExecVariant uid(int uid) {
        this.uid = uid;
        return this;
    }

    public ExecVariant at(Moment at) {
        this.at = at;
        return this;
    }

    public ExecVariant executable(Executable executable) {
        this.executable = executable;
        return this;
    }

    /** Sets the name given to execve(2). */
    public ExecVariant filename(String filename) {
        this.filename = filename;
        return this;
    }

    public ExecVariant cwd(ContainerPath cwd) {
        this.cwd = cwd;
        return this;
    }

    public ExecVariant argv(Argv argv) {
        this.argv = argv;
        return this;
    }

    public ExecVariant takenIn(boolean takenIn) {
        this.takenIn = takenIn;
        return this;
    }

    public ExecVariant cgroup(String path, long id) {
        cgroup = new ControlGroup(path, id);
        return this;
    }

    /** The new exec. */
    public ExecRecord exec() {
        return new ExecRecord(
                image,
                parent,
                at,
                takenIn,
                new ProcessIds(ppid, like.ids().nsPid(), uid),
                new ContainerContext(like.context().hostname(), like.context().utsLevel(), cgroup),
                new ExecCall(executable, filename, cwd, argv),
                like.truncated());
    }
}
