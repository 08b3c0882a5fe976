/** What can be configured, as records with units in their types; no behaviour. */
@NullMarked
package io.holdfast.config;

import org.jspecify.annotations.NullMarked;
