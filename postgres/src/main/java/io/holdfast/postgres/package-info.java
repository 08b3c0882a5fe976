/** Embedded PostgreSQL servers: a primary and a streaming standby, from Maven artifacts. */
@NullMarked
package io.holdfast.postgres;

import org.jspecify.annotations.NullMarked;
