package io.holdfast.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of holds, apart from the client that waits.
 *
 * @param publicUrl where people reach the admin address from outside, without a slash at the end; null: no links are given
 * @param slack null: none
 * @param webhook null: none
 */
public record Notify(
        @Nullable String publicUrl,
        @Nullable Slack slack,
        @Nullable Webhook webhook) {
    /** Nobody is told. */
    public static final Notify NONE = new Notify(null, null, null);

    /**
     * Posts holds to one Slack channel and takes decisions from there.
     *
     * @param way how messages get there
     * @param signingSecret of the Slack app; clicks are known by it
     * @param maskLiterals whether constants and values in statements are left out
     */
    public record Slack(Way way, String signingSecret, boolean maskLiterals) {
        @Override
        public String toString() {
            return "Slack[way=" + way + ", maskLiterals=" + maskLiterals + ']';
        }
    }

    /** How messages get to Slack. Both ways hold a secret, which {@code toString} leaves out. */
    public sealed interface Way {
        /** Into the channel of the URL. Only a click opens a way to change what was posted. */
        record IncomingWebhook(URI url) implements Way {
            @Override
            public String toString() {
                return "IncomingWebhook";
            }
        }

        /**
         * As a bot, which may change what it has posted.
         *
         * @param token starts with {@code xoxb-}
         * @param channel id, such as C024BE91L
         * @param api URL of Slack's Web API, without a slash at the end
         */
        record Bot(String token, String channel, String api) implements Way {
            @Override
            public String toString() {
                return "Bot[channel=" + channel + ", api=" + api + ']';
            }
        }
    }

    /**
     * Every change of every hold as JSON, for other systems.
     *
     * @param url may hold a secret
     * @param secret {@code whsec_} and the key in base64
     */
    public record Webhook(URI url, String secret) {
        @Override
        public String toString() {
            return "Webhook[host=" + url.getHost() + ']';
        }
    }
}
