package io.holdfast.config.load;

import io.holdfast.config.HostPort;
import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Section {@code notify}. Most of it is secret, the addresses too, so that no problem repeats a value. */
final class NotifyReader {
    private static final String SLACK_API = "https://slack.com/api";
    private static final String API_URL = "an https URL such as " + SLACK_API;
    private static final String PUBLIC_URL = "an http or https URL such as https://holdfast.example.com";
    private static final String HTTPS_URL = "an https URL; http to this machine only";
    private static final String HOOK = "https://hooks.slack.com/services/..., from Incoming Webhooks of the Slack app";
    private static final String SIGNING_SECRET = "the Signing Secret of the Slack app";
    private static final String BOT_TOKEN = "the Bot User OAuth Token of the Slack app, xoxb-...";
    private static final String CHANNEL = "a Slack channel id such as C024BE91L";
    private static final String KEY = "whsec_ and 24 to 64 bytes in base64: whsec_$(openssl rand -base64 32)";

    private static final Pattern CHANNEL_ID = Pattern.compile("[CGD][A-Z0-9]{2,20}");
    private static final String KEY_PREFIX = "whsec_";

    private NotifyReader() {}

    /** @param admin whether there is an HTTP address that clicks can come to */
    static Notify read(Section root, People people, boolean admin) {
        Section keys = root.section("notify", List.of("public-url", "slack", "webhook"));
        return new Notify(publicUrl(keys), slack(keys, people, admin), webhook(keys));
    }

    private static @Nullable String publicUrl(Section keys) {
        return keys.get("public-url")
                .flatMap(value -> url(value, PUBLIC_URL, url -> isHttp(url) && url.getRawQuery() == null))
                .map(NotifyReader::withoutSlash)
                .orElse(null);
    }

    private static Notify.@Nullable Slack slack(Section keys, People people, boolean admin) {
        if (keys.get("slack").isEmpty()) {
            return null;
        }
        Section slack = keys.section(
                "slack", List.of("webhook", "bot-token", "channel", "api", "signing-secret", "mask-literals"));
        if (!admin) {
            keys.problem("slack", "there, but admin is off", "an address for admin: clicks in Slack come to it");
        }
        if (!people.someoneDecidesInSlack()) {
            keys.problem(
                    "slack",
                    "there, but nobody may decide in it",
                    "at least one of the people with approves: true and a slack id");
        }
        Optional<String> secret = slack.required("signing-secret", SIGNING_SECRET)
                .flatMap(value -> secret(value, SIGNING_SECRET, text -> !text.isBlank()));
        boolean mask = slack.value("mask-literals", Kinds.BOOLEAN, false);
        Optional<Way> way = slack.get("bot-token").isPresent() ? bot(slack) : incomingWebhook(slack);
        return secret.isPresent() && way.isPresent() ? new Notify.Slack(way.get(), secret.get(), mask) : null;
    }

    private static Optional<Way> incomingWebhook(Section slack) {
        for (String key : List.of("channel", "api")) {
            if (slack.get(key).isPresent()) {
                slack.problem(key, "there without bot-token", "bot-token with it; a webhook knows its channel");
            }
        }
        return slack.required("webhook", HOOK + ", or bot-token and channel")
                .flatMap(value -> url(value, HOOK, NotifyReader::isSafe))
                .map(Way.IncomingWebhook::new);
    }

    private static Optional<Way> bot(Section slack) {
        if (slack.get("webhook").isPresent()) {
            slack.problem("webhook", "there beside bot-token", "one of the two");
        }
        Optional<String> token = slack.get("bot-token")
                .flatMap(value -> secret(value, BOT_TOKEN, text -> text.matches("xoxb-[A-Za-z0-9-]+")));
        Optional<String> channel = slack.required("channel", CHANNEL)
                .flatMap(value ->
                        secret(value, CHANNEL, text -> CHANNEL_ID.matcher(text).matches()));
        Optional<String> api = slack.get("api").isEmpty()
                ? Optional.of(SLACK_API)
                : slack.get("api")
                        .flatMap(value -> url(value, API_URL, NotifyReader::isSafe))
                        .map(NotifyReader::withoutSlash);
        return token.isPresent() && channel.isPresent() && api.isPresent()
                ? Optional.of(new Way.Bot(token.get(), channel.get(), api.get()))
                : Optional.empty();
    }

    private static Notify.@Nullable Webhook webhook(Section keys) {
        if (keys.get("webhook").isEmpty()) {
            return null;
        }
        Section webhook = keys.section("webhook", List.of("url", "secret"));
        Optional<URI> url =
                webhook.required("url", HTTPS_URL).flatMap(value -> url(value, HTTPS_URL, NotifyReader::isSafe));
        Optional<String> secret =
                webhook.required("secret", KEY).flatMap(value -> secret(value, KEY, NotifyReader::isKey));
        return url.isPresent() && secret.isPresent() ? new Notify.Webhook(url.get(), secret.get()) : null;
    }

    private static Optional<URI> url(Value value, String expected, Predicate<URI> condition) {
        return secret(value, expected, text -> parse(text).filter(condition).isPresent())
                .flatMap(NotifyReader::parse);
    }

    /** As {@link Value#as}, but no problem shows what is there. */
    private static Optional<String> secret(Value value, String expected, Predicate<String> condition) {
        Optional<String> text = value.raw().isPresent() ? FileValues.secret(value) : value.text(expected);
        if (text.isPresent() && !condition.test(text.get())) {
            value.problem("not usable (not shown, it may be secret)", expected);
            return Optional.empty();
        }
        return text;
    }

    private static Optional<URI> parse(String text) {
        try {
            URI url = new URI(text);
            boolean plain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            return isHttp(url) && plain ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isHttp(URI url) {
        return "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    }

    private static boolean isSafe(URI url) {
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        return "https".equals(url.getScheme()) || Addresses.isLoopback(new HostPort(host, 0));
    }

    private static String withoutSlash(URI url) {
        return url.toString().replaceFirst("/+\\z", "");
    }

    private static boolean isKey(String text) {
        try {
            int bytes = text.startsWith(KEY_PREFIX)
                    ? Base64.getDecoder().decode(text.substring(KEY_PREFIX.length())).length
                    : 0;
            return bytes >= 24 && bytes <= 64;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
