package io.procmon;

import io.procmon.events.Argv;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ImageKey;
import io.procmon.events.Moment;
import io.procmon.process.ContainerPath;
import io.procmon.process.ControlGroup;
import java.util.Optional;

/** An exec that is like another one but for what a test says. */
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
        ppid = like.ppid();
        uid = like.uid();
        at = like.at();
        executable = like.executable();
        filename = like.filename();
        cwd = like.cwd();
        argv = like.argv();
        takenIn = like.takenIn();
        cgroup = like.cgroup();
    }

    /** Begins with no difference. */
    public static ExecVariant of(ExecRecord like) {
        return new ExecVariant(like);
    }

    /** Another image. */
    public ExecVariant image(ImageKey image) {
        this.image = image;
        return this;
    }

    /** Another parent, or none. */
    public ExecVariant parent(Optional<ImageKey> parent) {
        this.parent = parent;
        return this;
    }

    /** Another process that forked it, which may have called no exec itself. */
    public ExecVariant ppid(int ppid) {
        this.ppid = ppid;
        return this;
    }

    /** Another user. */
    public ExecVariant uid(int uid) {
        this.uid = uid;
        return this;
    }

    /** Another time. */
    public ExecVariant at(Moment at) {
        this.at = at;
        return this;
    }

    /** Another executable. */
    public ExecVariant executable(Executable executable) {
        this.executable = executable;
        return this;
    }

    /** Executed by another name. */
    public ExecVariant filename(String filename) {
        this.filename = filename;
        return this;
    }

    /** In another directory. */
    public ExecVariant cwd(ContainerPath cwd) {
        this.cwd = cwd;
        return this;
    }

    /** With other arguments. */
    public ExecVariant argv(Argv argv) {
        this.argv = argv;
        return this;
    }

    /** One that ran before procmon watched, or not. */
    public ExecVariant takenIn(boolean takenIn) {
        this.takenIn = takenIn;
        return this;
    }

    /** In another container. */
    public ExecVariant cgroup(String path, long id) {
        cgroup = new ControlGroup(path, id);
        return this;
    }

    /** The exec. */
    public ExecRecord exec() {
        return new ExecRecord(
                image,
                parent,
                at,
                takenIn,
                ppid,
                like.nsPid(),
                uid,
                like.hostname(),
                cgroup,
                executable,
                filename,
                cwd,
                argv,
                like.truncated());
    }
}
