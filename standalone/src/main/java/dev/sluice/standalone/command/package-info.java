/** What all subcommands share, such as options for the API, reporting of failures and logging. */
@NullMarked
package dev.sluice.standalone.command;

import org.jspecify.annotations.NullMarked;
