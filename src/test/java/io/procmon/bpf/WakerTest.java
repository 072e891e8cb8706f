package io.procmon.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.procmon.ffi.Libc;
import java.lang.foreign.Arena;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another event file replaces the ring, because this test is about the wake-up by a thread. */
class WakerTest {

    private static final Duration FOREVER = Duration.ofHours(1);

    private final Arena arena = Arena.ofConfined();
    private final ClosingStack acquired = new ClosingStack();
    private final Libc libc = new Libc(arena);
    private final int ring = acquired.push(libc.eventfd(0, Libc.EFD_CLOEXEC), libc::close);
    private final Waker waker = new Waker(acquired, libc, arena, ring);

    @AfterEach
    void close() {
        acquired.close();
        arena.close();
    }

    @Test
    @Timeout(60)
    void wakeUpBeforeTheWait_endsIt() {
        waker.wake();

        waker.await(FOREVER);

        waker.wake();
        waker.await(FOREVER);
    }

    @Test
    @Timeout(60)
    void wakeUpOfAnotherThread_endsTheWait() throws InterruptedException {
        Thread other = Thread.ofPlatform().start(waker::wake);

        waker.await(FOREVER);

        other.join();
    }

    @Test
    @Timeout(60)
    void eventOfTheRing_endsTheWait() {
        libc.eventfd_write(ring, 1);

        waker.await(FOREVER);
    }

    @Test
    void wakeUpAfterTheEnd_reachesNoFile() {
        acquired.close();
        int next = acquired.push(libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), libc::close);
        int nextButOne = acquired.push(libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), libc::close);

        assertThatCode(waker::wake).doesNotThrowAnyException();

        assertThat(libc.read(next, arena.allocate(Long.BYTES), Long.BYTES)).isNegative();
        assertThat(libc.read(nextButOne, arena.allocate(Long.BYTES), Long.BYTES))
                .isNegative();
    }
}
