package io.holdfast.proxy.ci;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one announcement of a job out of its thousand refusals, and a second one that counts them. A job is over when it has not been
 * refused for a while. Thread-safe.
 */
public final class Jobs {
    /** More jobs than this at once are not told apart: each further one is announced as it comes, and not counted. */
    private static final int MOST = 1_000;

    private final Duration quiet;
    private final Map<Job, Story> stories = new LinkedHashMap<>();

    private static final class Story {
        final Refusal first;
        final Instant began;
        Instant latest;
        int count;

        Story(Refusal first, Instant began) {
            this.first = first;
            this.began = began;
            this.latest = began;
        }

        Announcement told(boolean over) {
            return new Announcement(first, count, Duration.between(began, latest), over);
        }
    }

    /** @param quiet a job that has not been refused for so long is over */
    public Jobs(Duration quiet) {
        this.quiet = quiet;
    }

    /** What is to be announced now that this was refused. */
    public synchronized List<Announcement> refused(Refusal refusal, Instant now) {
        List<Announcement> news = new ArrayList<>(over(now));
        Job job = Job.of(refusal.caller());
        Story story = stories.get(job);
        boolean isNew = story == null;
        if (story == null) {
            story = new Story(refusal, now);
            if (stories.size() < MOST) {
                stories.put(job, story);
            }
        }
        story.count++;
        story.latest = now;
        if (isNew) {
            news.add(story.told(false));
        }
        return news;
    }

    /** What is to be announced of jobs that are over; nothing of those whose only refusal has been announced. */
    public synchronized List<Announcement> over(Instant now) {
        List<Announcement> news = new ArrayList<>();
        for (Iterator<Story> all = stories.values().iterator(); all.hasNext(); ) {
            Story story = all.next();
            if (!now.isBefore(story.latest.plus(quiet))) {
                all.remove();
                if (story.count > 1) {
                    news.add(story.told(true));
                }
            }
        }
        return news;
    }
}
