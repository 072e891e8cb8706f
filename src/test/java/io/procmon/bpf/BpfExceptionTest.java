package io.procmon.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.procmon.ffi.Libc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BpfExceptionTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            EPERM      |   1 | NotPermitted      | 77 | ;
            EACCES     |  13 | NotPermitted      | 77 | ;
            ENOMEM     |  12 | OutOfMemory       | 71 | memory limit
            EAGAIN     |  11 | OutOfMemory       | 71 | memory limit
            EMFILE     |  24 | TooManyFiles      | 71 | limit of open files
            ENFILE     |  23 | TooManyFiles      | 71 | limit of open files
            ENOSYS     |  38 | KernelUnsupported | 69 | 5.15
            EINVAL     |  22 | KernelUnsupported | 69 | 5.15
            EOPNOTSUPP |  95 | KernelUnsupported | 69 | 5.15
            ENOTSUPP   | 524 | KernelUnsupported | 69 | 5.15
            ENOENT     |   2 | KernelUnsupported | 69 | 5.15
            ESRCH      |   3 | KernelUnsupported | 69 | 5.15
            EIO        |   5 | SystemError       | 71 | map the ring: text
            """)
    void errorNumber_decidesTheExitStatusAndTheRemedy(
            String name, int errno, String variant, int exitCode, String remedy) {
        BpfException exception = BpfException.of("map the ring", errno, "text");

        assertThat(exception.getClass().getSimpleName()).as(name).isEqualTo(variant);
        assertThat(exception.exitCode()).isEqualTo(exitCode);
        assertThat(exception).hasMessageStartingWith("map the ring: text").hasMessageContaining(remedy);
    }

    @ParameterizedTest(name = "{0} with the log ''{2}''")
    @CsvSource(delimiter = '|', textBlock = """
            EPERM  |  1 | ''              | NotPermitted
            EPERM  |  1 | unknown func 7  | NotPermitted
            EACCES | 13 | ''              | NotPermitted
            EACCES | 13 | invalid access  | Rejected
            EINVAL | 22 | invalid insn    | Rejected
            EINVAL | 22 | ''              | KernelUnsupported
            E2BIG  |  7 | too many insns  | Rejected
            ENOMEM | 12 | ''              | OutOfMemory
            ENOMEM | 12 | processed 3     | OutOfMemory
            EMFILE | 24 | ''              | TooManyFiles
            EIO    |  5 | ''              | SystemError
            """)
    void failedLoad_isARejectionOnlyWithTheReasonsOfTheVerifier(String name, int errno, String log, String variant) {
        assumeThat(KernelInfo.unsupported()).isEmpty();

        BpfException exception = BpfException.ofLoad(errno, "text", log);

        assertThat(exception.getClass().getSimpleName()).as(name).isEqualTo(variant);
        assertThat(exception).hasMessageStartingWith("load the kernel program: text");
    }

    @Test
    void rejection_endsWithTheVerifiersLines() {
        assumeThat(KernelInfo.unsupported()).isEmpty();

        assertThat(BpfException.ofLoad(Libc.EINVAL, "Invalid argument", "R1 invalid mem access"))
                .hasMessageEndingWith("R1 invalid mem access");
    }
}
