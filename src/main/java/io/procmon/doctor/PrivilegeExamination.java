package io.procmon.doctor;

import io.procmon.bpf.Privileges;
import java.util.List;

/** Examines the privileges of this process. */
final class PrivilegeExamination {

    static final String SUBJECT = "capabilities";

    private final Machine machine;

    PrivilegeExamination(Machine machine) {
        this.machine = machine;
    }

    Finding finding() {
        Privileges privileges = Privileges.in(machine.root().resolve("proc"));
        List<String> missing = privileges.missing();
        if (missing.isEmpty()) {
            return Finding.ok(SUBJECT, String.join(", ", privileges.used()));
        }
        return Finding.missing(SUBJECT, "lacks " + String.join(" and ", missing), privileges.howToGet());
    }
}
