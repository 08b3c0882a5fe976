package io.holdfast.proxy.notify;

import io.holdfast.config.Notify.Way;
import java.net.URI;
import java.util.List;

/**
 * Where Slack may ask us to send answers. What it has signed is believed, but a request that goes out from here should not depend on a
 * signature alone.
 *
 * @param own the address that messages are sent to, which is trusted by configuration
 */
record SlackHosts(URI own) {
    private static final List<String> DOMAINS = List.of(".slack.com", ".slack-gov.com");

    static SlackHosts of(Way way) {
        return switch (way) {
            case Way.IncomingWebhook(var url) -> new SlackHosts(url);
            case Way.Bot(var token, var channel, var api) -> new SlackHosts(URI.create(api));
        };
    }

    boolean mayBeAnswered(URI url) {
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null) {
            return false;
        }
        boolean slack = DOMAINS.stream().anyMatch(("." + host)::endsWith) && url.getPort() == -1;
        return ("https".equals(url.getScheme()) && slack) || isOwn(url);
    }

    private boolean isOwn(URI url) {
        return own.getScheme().equals(url.getScheme())
                && own.getHost().equals(url.getHost())
                && own.getPort() == url.getPort();
    }
}
