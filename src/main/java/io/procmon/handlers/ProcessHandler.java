package io.procmon.handlers;

import io.procmon.events.Classified;
import io.procmon.events.ExecRecord;
import io.procmon.homework.HomeworkLocation;
import io.procmon.homework.HomeworkLocator;
import io.procmon.process.HostnameGrammar;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import io.procmon.process.Toolbox;
import java.util.Optional;
import java.util.function.Function;

/** First in the chain: whose process is it, and is it a compiler, an interpreter or the student's own program? */
public final class ProcessHandler implements Function<ExecRecord, Outcome<Classified>> {

    private final HostnameGrammar hostnames;
    private final Toolbox toolbox;
    private final HomeworkLocator homework;

    public ProcessHandler(HostnameGrammar hostnames, Toolbox toolbox, HomeworkLocator homework) {
        this.hostnames = hostnames;
        this.toolbox = toolbox;
        this.homework = homework;
    }

    @Override
    public Outcome<Classified> apply(ExecRecord exec) {
        Optional<Student> student = hostnames.read(exec.hostname());
        if (student.isEmpty()) {
            return Outcome.stop(Reason.HOSTNAME_MALFORMED);
        }
        return typeOf(exec, student.get())
                .map(type -> Outcome.proceed(new Classified(exec, student.get(), type)))
                .orElse(Outcome.stop(Reason.NOT_AN_ACTIVITY));
    }

    private Optional<ProcessType> typeOf(ExecRecord exec, Student student) {
        var tool = toolbox.find(exec.executable().path(), exec.argv().arguments());
        if (tool.isPresent()) {
            return tool.map(ProcessType.Known::new);
        }
        boolean outside = homework.locateFile(exec.executable().path(), student) instanceof HomeworkLocation.Outside;
        return outside ? Optional.empty() : Optional.of(new ProcessType.UserBinary());
    }
}
