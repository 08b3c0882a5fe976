package io.holdfast.proxy.web;

import io.javalin.http.HttpStatus;

/** A request that gets a page of its own that says why, and nothing else. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String title;
    private final String text;

    /**
     * @param title a few words
     * @param text sentences: what was not done, and what to do
     */
    Refusal(HttpStatus status, String title, String text) {
        super(title);
        this.status = status;
        this.title = title;
        this.text = text;
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    String text() {
        return text;
    }
}
