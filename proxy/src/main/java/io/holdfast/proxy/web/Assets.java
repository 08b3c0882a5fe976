package io.holdfast.proxy.web;

import io.holdfast.proxy.console.Tokens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files that pages load: ours, and no others. Each address names its content, so that browsers keep them until they change. */
final class Assets {
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final int HASH_CHARS = 12;

    private final Asset css = Asset.read("holdfast.css", "text/css");
    private final Asset script = Asset.read("holdfast.js", "text/javascript");
    private final Asset icon = Asset.read("holdfast.svg", "image/svg+xml");

    private record Asset(String name, String type, String content) {
        static Asset read(String name, String type) {
            try (InputStream in = Assets.class.getResourceAsStream(name)) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                return new Asset(name, type, new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String path() {
            return "/assets/" + name;
        }

        String url() {
            return path() + "?v=" + Tokens.hash(content).substring(0, HASH_CHARS);
        }

        void answer(Context context) {
            WebHeaders.add(context);
            context.header("Cache-Control", FOREVER)
                    .contentType(type + "; charset=utf-8")
                    .result(content);
        }
    }

    void addTo(RoutesConfig routes) {
        routes.get(css.path(), css::answer);
        routes.get(script.path(), script::answer);
        routes.get(icon.path(), icon::answer);
    }

    String css() {
        return css.url();
    }

    String script() {
        return script.url();
    }

    String icon() {
        return icon.url();
    }
}
