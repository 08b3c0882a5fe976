package io.holdfast.proxy.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Those who wait for what one thread finds out in the background, and wake it. Asked by any thread; what is found answers all who had asked
 * before the look began.
 *
 * @param <T> what is found out
 */
final class Askers<T> {
    private final Semaphore wake = new Semaphore(0);
    private final ReentrantLock lock = new ReentrantLock();
    private List<CompletableFuture<T>> waiting = new ArrayList<>();

    /** One more; the thread is woken. */
    CompletableFuture<T> add() {
        CompletableFuture<T> answer = new CompletableFuture<>();
        lock.lock();
        try {
            waiting.add(answer);
        } finally {
            lock.unlock();
        }
        wake();
        return answer;
    }

    /** Wakes the thread, though nobody waits. */
    void wake() {
        wake.release();
    }

    /** Waits to be woken; false if the time passed without. */
    boolean await(long nanos) throws InterruptedException {
        return wake.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    /** Forgets how often it was woken: what comes next does for all of that. */
    void awake() {
        wake.drainPermits();
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Those who asked before the look that is about to begin; whoever takes them answers them. */
    List<CompletableFuture<T>> take() {
        lock.lock();
        try {
            List<CompletableFuture<T>> asked = waiting;
            waiting = new ArrayList<>();
            return asked;
        } finally {
            lock.unlock();
        }
    }
}
