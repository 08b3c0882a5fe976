package io.holdfast.proxy.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a form that was sent. */
final class Form {
    /** Of a body: a reason is at most 1,000 characters, each at most 12 bytes in a form. */
    static final int MAX_BODY = 16_384;

    private static final String TYPE = "application/x-www-form-urlencoded";

    private final Map<String, List<String>> fields = new HashMap<>();

    /**
     * Reads it.
     *
     * @throws Refusal if it is no form, or too long
     */
    static Form of(Context context) throws Refusal {
        String type = context.contentType();
        if (type == null || !type.startsWith(TYPE)) {
            throw new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Not a form", "Nothing was done.");
        }
        try {
            byte[] body = context.bodyInputStream().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                throw new Refusal(HttpStatus.CONTENT_TOO_LARGE, "Too long", "Nothing was done. Say it in fewer words.");
            }
            return parse(new String(body, StandardCharsets.ISO_8859_1));
        } catch (IOException | IllegalArgumentException e) {
            throw new Refusal(HttpStatus.BAD_REQUEST, "Not a form", "Nothing was done: the form could not be read.");
        }
    }

    private static Form parse(String body) {
        Form form = new Form();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.fields
                        .computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>(1))
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The first that was sent; null: none was. */
    @Nullable
    String field(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** All that were sent, such as boxes that were ticked. */
    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Without white space around it; empty if it was not sent. */
    String text(String name) {
        String field = field(name);
        return field == null ? "" : field.strip();
    }
}
