package io.procmon.bpf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Holds resources in the order in which they were acquired, and releases them in the reverse order. If an acquisition
 * fails half-way, closing the stack releases all resources that were acquired before it. Belongs to one thread.
 */
final class ClosingStack implements AutoCloseable {

    private final Deque<Runnable> releases = new ArrayDeque<>();

    /**
     * Takes over a resource.
     *
     * @return the resource
     */
    <T> T push(T resource, Consumer<? super T> release) {
        releases.push(() -> release.accept(resource));
        return resource;
    }

    /** Releases everything after a failure. A failure of a release is added to the given failure. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Releases everything. A release that fails does not prevent the others; the first failure is thrown at the end. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!releases.isEmpty()) {
            try {
                releases.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
