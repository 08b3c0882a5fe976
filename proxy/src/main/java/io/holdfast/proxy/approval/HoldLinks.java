package io.holdfast.proxy.approval;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where people find a hold in a browser.
 *
 * @param publicUrl of the admin address as seen from outside, without a slash at the end; null: there are no links
 */
public record HoldLinks(@Nullable String publicUrl) {
    /** Holds have no page. */
    public static final HoldLinks NONE = new HoldLinks(null);

    /** The hold's page, if it has one. */
    public Optional<String> to(HoldId id) {
        return Optional.ofNullable(publicUrl).map(url -> url + "/holds/" + id);
    }
}
