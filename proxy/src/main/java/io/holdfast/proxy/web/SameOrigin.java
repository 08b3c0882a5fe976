package io.holdfast.proxy.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a request that changes something comes from our own pages, as the browser tells. Pure. */
final class SameOrigin {
    private SameOrigin() {}

    /**
     * Browsers send the first on TLS and on loopback, and the second with every form; who sends neither is no browser, and has the API.
     *
     * @param fetchSite {@code Sec-Fetch-Site}; no page can set it, and no web server in front changes it
     * @param origin {@code Origin}
     * @param host {@code Host}
     * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Sec-Fetch-Site</a>
     */
    static boolean allows(@Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
        if (fetchSite != null) {
            return fetchSite.equals("same-origin") || fetchSite.equals("none");
        }
        if (origin == null || host == null) {
            return false;
        }
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
