package io.holdfast.proxy.notify;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import java.util.List;

/**
 * The blocks we use, and Slack's limits on them. Texts with markup are verbatim: Slack looks for no links, channels or people in them.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Blocks</a>
 */
final class Kit {
    /** Of a section's text, with room for a fence. */
    static final int SECTION_CHARS = 2_900;

    /** Of one field of a section. */
    static final int FIELD_CHARS = 1_900;

    private Kit() {}

    /** @param text at most 150 chars, no markup */
    static LayoutBlock header(String text) {
        return HeaderBlock.builder().text(plain(text)).build();
    }

    /** Shown in full: Slack folds long ones otherwise, and nobody should have to unfold what they approve. */
    static LayoutBlock section(String markup) {
        return SectionBlock.builder().text(markup(markup)).expand(true).build();
    }

    /** @param fields at most 10 */
    static LayoutBlock fields(List<String> fields) {
        List<TextObject> texts = fields.stream().<TextObject>map(Kit::markup).toList();
        return SectionBlock.builder().fields(texts).build();
    }

    static LayoutBlock section(String markup, ButtonElement button) {
        return SectionBlock.builder().text(markup(markup)).accessory(button).build();
    }

    /** Small print. */
    static LayoutBlock context(String markup) {
        return ContextBlock.builder().elements(List.of(markup(markup))).build();
    }

    static LayoutBlock actions(BlockElement... elements) {
        return ActionsBlock.builder().elements(List.of(elements)).build();
    }

    /** A line of text that comes along with the next click of the same person. */
    static LayoutBlock input(String blockId, String actionId, String label, int maxChars) {
        return InputBlock.builder()
                .blockId(blockId)
                .optional(true)
                .label(plain(label))
                .element(PlainTextInputElement.builder()
                        .actionId(actionId)
                        .maxLength(maxChars)
                        .build())
                .build();
    }

    static ButtonElement button(String actionId, String label, String value) {
        return ButtonElement.builder()
                .actionId(actionId)
                .text(plain(label))
                .value(value)
                .build();
    }

    /** @param text at most 300 chars */
    static ConfirmationDialogObject confirmation(String title, String text, String yes) {
        return ConfirmationDialogObject.builder()
                .title(plain(title))
                .text(plain(text))
                .confirm(plain(yes))
                .deny(plain("Cancel"))
                .build();
    }

    private static MarkdownTextObject markup(String text) {
        return MarkdownTextObject.builder().text(text).verbatim(true).build();
    }

    private static PlainTextObject plain(String text) {
        return PlainTextObject.builder().text(text).emoji(false).build();
    }
}
