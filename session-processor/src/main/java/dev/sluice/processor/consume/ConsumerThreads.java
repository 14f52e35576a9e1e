package dev.sluice.processor.consume;

import dev.sluice.http.failure.FatalErrors;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** The thread of each consumer. Reports the end of every one, whatever the cause. */
final class ConsumerThreads extends SimpleAsyncTaskExecutor {

    /** Receives the ends of consumers, on their threads. */
    interface Ending {

        /**
         * A consumer of a start has ended.
         *
         * @param start which start of the container it belonged to
         * @param failure what ended it, if that was thrown
         */
        void ended(int start, @Nullable Throwable failure);
    }

    private final Ending ending;
    private volatile int start;

    ConsumerThreads(Ending ending) {
        super("submissions-");
        this.ending = ending;
        setDaemon(true);
    }

    /** Sets the start of the container that consumers run from now on belong to. */
    void belongTo(int next) {
        start = next;
    }

    @Override
    public CompletableFuture<Void> submitCompletable(Runnable consumer) {
        int itsStart = start;
        return super.submitCompletable(() -> run(consumer, itsStart));
    }

    private void run(Runnable consumer, int itsStart) {
        try {
            consumer.run();
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            ending.ended(itsStart, e);
            throw e;
        }
        ending.ended(itsStart, null);
    }
}
