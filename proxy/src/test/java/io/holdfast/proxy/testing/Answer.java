package io.holdfast.proxy.testing;

import io.holdfast.protocol.message.CommandComplete;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What came back for a request.
 *
 * @param hold the id that a notice named, in which case nothing behind the notice was awaited; null: none
 * @param errors SQLSTATEs
 * @param messages of the errors
 * @param tags of CommandComplete
 */
public record Answer(@Nullable String hold, List<String> errors, List<String> messages, List<String> tags) {
    private static final Pattern HELD = Pattern.compile("held as (H-\\w+)");

    static Answer of(List<Frame> frames) {
        List<Frame> errors =
                frames.stream().filter(frame -> frame.type() == 'E').toList();
        return new Answer(
                hold(frames.getLast()),
                errors.stream().map(Frame::code).toList(),
                errors.stream().map(Frame::message).toList(),
                frames.stream()
                        .filter(frame -> frame.type() == 'C')
                        .map(frame -> CommandComplete.read(Unpooled.wrappedBuffer(frame.body()))
                                .tag())
                        .toList());
    }

    /** The hold that a notice tells of; null if it is none, or about something else. */
    static @Nullable String hold(Frame frame) {
        Matcher notice = HELD.matcher(frame.type() == 'N' ? frame.message() : "");
        return notice.find() ? notice.group(1) : null;
    }
}
