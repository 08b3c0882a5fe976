package io.holdfast.proxy.net;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorChooserFactory.EventExecutorChooser;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.util.Arrays;
import java.util.concurrent.Executor;

/**
 * Event loops that are filled one after the other. What a small statement costs is mostly waking up for it, and a loop that serves
 * several sessions wakes up once for some of them. So a connection goes to the first loop that has room, and to the one with the
 * fewest once none has: few sessions share one loop, many are spread over all.
 */
public final class EventLoops extends MultiThreadIoEventLoopGroup {
    /** Up to here a loop is given everything, in channels; a session has two or three. One loop is far from busy with so many. */
    static final int FILLED = 64;

    /** @param threads loops, one for each core say */
    public EventLoops(int threads, DefaultThreadFactory names, IoHandlerFactory transport) {
        super(threads, new ThreadPerTaskExecutor(names), Chooser::new, transport);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory transport, Object... args) {
        return new Loop(this, executor, transport);
    }

    /** Index of the loop that takes the next channel, given how many each has. */
    static int choose(int[] channels) {
        int fewest = 0;
        for (int i = 0; i < channels.length; i++) {
            if (channels[i] < FILLED) {
                return i;
            }
            if (channels[i] < channels[fewest]) {
                fewest = i;
            }
        }
        return fewest;
    }

    private static final class Loop extends SingleThreadIoEventLoop {
        Loop(EventLoops group, Executor executor, IoHandlerFactory transport) {
            super(group, executor, transport);
        }

        int channels() {
            return getNumOfRegisteredChannels();
        }
    }

    private static final class Chooser implements EventExecutorChooser {
        private final EventExecutor[] loops;

        Chooser(EventExecutor[] loops) {
            this.loops = loops.clone();
        }

        @Override
        public EventExecutor next() {
            return loops[
                    choose(Arrays.stream(loops)
                            .mapToInt(loop -> ((Loop) loop).channels())
                            .toArray())];
        }
    }
}
