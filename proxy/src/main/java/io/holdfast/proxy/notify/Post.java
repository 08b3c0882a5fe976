package io.holdfast.proxy.notify;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One HTTP request that is to be made.
 *
 * @param to may hold a secret
 * @param headers beyond the content type, which is JSON in UTF-8
 * @param body JSON
 */
record Post(URI to, Map<String, String> headers, String body) {
    Post {
        headers = Map.copyOf(headers);
    }

    Post(URI to, String body) {
        this(to, Map.of(), body);
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "Post[host=" + to.getHost() + ", characters=" + body.length() + ']';
    }
}
