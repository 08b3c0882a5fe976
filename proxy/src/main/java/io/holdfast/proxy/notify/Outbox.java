package io.holdfast.proxy.notify;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.ToLongFunction;

/**
 * What is to be sent to one place, in order. Many may add, one thread sends; what is being sent stays in it until that is over, so that
 * it counts as pending. Bounded, since the place may be away.
 *
 * @param <E> one thing to send
 */
final class Outbox<E> {
    private final int most;
    private final long mostWeight;
    private final ToLongFunction<E> weight;
    private final Queue<E> queue = new ArrayDeque<>();
    private long weights;

    /**
     * An empty one.
     *
     * @param most things in it
     * @param mostWeight of all together; a single one may be heavier
     */
    Outbox(int most, long mostWeight, ToLongFunction<E> weight) {
        this.most = most;
        this.mostWeight = mostWeight;
        this.weight = weight;
    }

    /** False: there is no room, and it was not added. */
    synchronized boolean offer(E one) {
        boolean fits = queue.isEmpty() || weights + weight.applyAsLong(one) <= mostWeight;
        if (!fits || queue.size() == most) {
            return false;
        }
        queue.add(one);
        weights += weight.applyAsLong(one);
        notifyAll();
        return true;
    }

    /** The first, which stays in it; waits for one. */
    synchronized E first() throws InterruptedException {
        E one = queue.peek();
        while (one == null) {
            wait();
            one = queue.peek();
        }
        return one;
    }

    /** The first has been sent, or given up. */
    synchronized void removeFirst() {
        weights -= weight.applyAsLong(queue.remove());
    }

    synchronized int size() {
        return queue.size();
    }
}
