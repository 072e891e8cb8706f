package io.procmon;

import static io.procmon.join.Step.begin;

import io.procmon.api.Backend;
import io.procmon.api.Receipt;
import io.procmon.bpf.RecordSource;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Activity;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.KernelRecord;
import io.procmon.handlers.Outcome;
import io.procmon.join.RunningImages;
import io.procmon.join.Step;
import io.procmon.metrics.Books;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The stream, from the kernel's records to the backend's receipts: here and nowhere else.
 *
 * <p>Demand runs against the data. A backend that is slow leaves its lanes full; full lanes ask for no more activities,
 * and so on up to the ring buffer, where the kernel counts what finds no room.
 */
@ApplicationScoped
public class Pipeline {

    private final HandlerChain chain;
    private final Backend backend;
    private final Books books;
    private final int lanes;
    private final BrokenHandlers brokenHandlers = new BrokenHandlers();
    private final Executor thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("pipeline").daemon().factory());

    @Inject
    public Pipeline(HandlerChain chain, Backend backend, Books books, ProcmonConfig config) {
        this.chain = chain;
        this.backend = backend;
        this.books = books;
        this.lanes = config.api().concurrency();
    }

    /** All that becomes of what a source sees. Completes after the source, and fails only with it. */
    public Multi<Receipt> receipts(RecordSource source) {
        RunningImages running = new RunningImages();
        books.watch(source, running);
        return source.records()
                .emitOn(thread)
                .map(this::step)
                .map(begin(chain.process()))
                .map(begin(chain.enrichment()))
                .map(begin(chain.homework()))
                .invoke(books::understood)
                .invoke(brokenHandlers::report)
                .map(running::take)
                .select()
                .where(Optional::isPresent) // an image that runs on, or one that was no activity
                .map(Optional::orElseThrow)
                .map(chain::activity)
                .invoke(books::decided)
                .invoke(brokenHandlers::report)
                .map(Outcome::proceeding)
                .select()
                .where(Optional::isPresent) // what was stopped or has failed ends here
                .map(Optional::orElseThrow)
                .group()
                .by(this::lane)
                .onItem()
                .transformToMulti(lane -> lane.onItem().transformToUniAndConcatenate(backend::deliver))
                .merge(lanes)
                .invoke(books::delivered);
    }

    private Step<ExecRecord> step(KernelRecord record) {
        return switch (record) {
            case ExecRecord exec -> {
                books.received(exec);
                yield new Step.Begin<>(exec.image(), Outcome.proceed(exec));
            }
            case ExitRecord exit -> new Step.End<>(exit);
        };
    }

    /** One lane a student, several students a lane: a student's activities keep their order, lanes do not wait for each other. */
    private int lane(Activity activity) {
        return Math.floorMod(activity.started().origin().student().hashCode(), lanes);
    }
}
