package io.holdfast.proxy.session;

import io.holdfast.protocol.message.Arguments;
import io.holdfast.protocol.message.BindMessage;
import io.holdfast.proxy.approval.Fingerprint;
import io.holdfast.proxy.catalog.NamedObjects;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a unit is shown to approvers, and what makes two units the same.
 *
 * @param text of everything that runs, in order
 * @param values of the Binds, decoded for people; null for SQL NULL
 * @param types of the values by OID, as the client has declared them; 0: not at all
 * @param fingerprint over texts, parameter types, the exact bytes of the values, the settings that decide what all that means,
 *     and what the names in it stand for
 */
record HeldText(String text, List<@Nullable String> values, List<Integer> types, Fingerprint fingerprint) {
    private static final int HEADER = 5;
    private static final int BINARY = 1;

    static HeldText of(Unit unit, Map<String, String> settings, NamedObjects meant, String session) {
        var values = new ArrayList<@Nullable String>();
        var valueTypes = new ArrayList<Integer>();
        var parts = new ArrayList<byte[]>();
        ByteBuf bytes = unit.view();
        for (UnitMessage message : unit.messages()) {
            switch (message) {
                case UnitMessage.Query(var sql) -> parts.add(sql);
                case UnitMessage.Bind(var statement, var name, var portal, var at, var length) -> {
                    parts.add(statement == null ? name.getBytes(StandardCharsets.ISO_8859_1) : statement.sql());
                    int[] types = statement == null ? new int[0] : statement.parameterTypes();
                    parts.add(Arrays.toString(types).getBytes(StandardCharsets.US_ASCII));
                    BindMessage bind = BindMessage.read(bytes.slice(at + HEADER, length - HEADER));
                    parts.add(ByteBufUtil.getBytes(bind.rest()));
                    decode(bind.arguments(), types, values);
                    for (int i = valueTypes.size(), first = i; i < values.size(); i++) {
                        valueTypes.add(i - first < types.length ? types[i - first] : BinaryValue.UNKNOWN);
                    }
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
        settings.forEach((name, value) -> parts.add((name + '=' + value).getBytes(StandardCharsets.UTF_8)));
        meant.versions().forEach((name, version) -> parts.add((name + '=' + version).getBytes(StandardCharsets.UTF_8)));
        String text = unit.text();
        parts.add(text.getBytes(StandardCharsets.UTF_8)); // with what names stand for
        if (!unit.saysAll()) {
            parts.add(session.getBytes(StandardCharsets.UTF_8));
        }
        return new HeldText(text, values, valueTypes, Fingerprint.of(parts));
    }

    private static void decode(Arguments arguments, int[] types, List<@Nullable String> values) {
        for (int i = 0; i < arguments.values().size(); i++) {
            ByteBuf value = arguments.values().get(i);
            if (value == null) {
                values.add(null);
            } else if (arguments.format(i) == BINARY) {
                values.add(BinaryValue.text(i < types.length ? types[i] : BinaryValue.UNKNOWN, value));
            } else {
                values.add(value.toString(StandardCharsets.UTF_8));
            }
        }
    }
}
