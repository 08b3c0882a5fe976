package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.approval.Fingerprint;
import io.holdfast.proxy.catalog.NamedObjects;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The text of a unit as approvers are shown it, and what makes two units the same.
 *
 * @param text of everything that runs, in order
 * @param fingerprint over texts, parameter types, the exact bytes of the values, the settings that decide what all that means,
 *     and what the names in it stand for
 */
record HeldText(String text, Fingerprint fingerprint) {
    /** @param values with the types as they are known now: of another type, the same bytes are another value */
    static HeldText of(
            Unit unit, List<BoundValue> values, Map<String, String> settings, NamedObjects meant, String session) {
        var parts = new ArrayList<byte[]>();
        ByteBuf bytes = unit.view();
        for (UnitMessage message : unit.messages()) {
            switch (message) {
                case UnitMessage.Query(var sql) -> parts.add(sql);
                case UnitMessage.Bind bind -> {
                    PreparedStatement statement = bind.statement();
                    parts.add(statement == null ? bind.name().getBytes(StandardCharsets.ISO_8859_1) : statement.sql());
                    int[] types = statement == null ? new int[0] : statement.parameterTypes();
                    parts.add(Arrays.toString(types).getBytes(StandardCharsets.US_ASCII));
                    parts.add(ByteBufUtil.getBytes(bind.in(bytes).rest()));
                }
                case UnitMessage.FunctionCall _ -> parts.add(ByteBufUtil.getBytes(bytes));
                case UnitMessage.Parse _,
                        UnitMessage.Describe _,
                        UnitMessage.Execute _,
                        UnitMessage.Close _,
                        UnitMessage.Sync _,
                        UnitMessage.Flush _ -> {}
            }
        }
        String types = values.stream().map(BoundValue::type).toList().toString();
        parts.add(types.getBytes(StandardCharsets.US_ASCII));
        settings.forEach((name, value) -> parts.add((name + '=' + value).getBytes(StandardCharsets.UTF_8)));
        meant.versions().forEach((name, version) -> parts.add((name + '=' + version).getBytes(StandardCharsets.UTF_8)));
        String text = unit.text();
        parts.add(text.getBytes(StandardCharsets.UTF_8)); // with what names stand for
        if (!unit.saysAll()) {
            parts.add(session.getBytes(StandardCharsets.UTF_8));
        }
        return new HeldText(text, Fingerprint.of(parts));
    }
}
