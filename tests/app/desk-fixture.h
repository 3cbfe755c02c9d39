/* SPDX-License-Identifier: GPL-3.0-or-later
 * A library beside a real desk, with or without an account there. */
#pragma once

#include "../server/desk-process.h"
#include "library-fixture.h"

typedef struct {
  LibraryFixture library;
  DeskProcess    desk;
} DeskFixture;

void     desk_fixture_set_up    (DeskFixture    *fixture,
                                 gconstpointer   data);
void     desk_fixture_tear_down (DeskFixture    *fixture,
                                 gconstpointer   data);
char    *desk_fixture_connect   (DeskFixture    *fixture,
                                 GError        **error);
gboolean desk_fixture_sync      (DeskFixture    *fixture,
                                 GError        **error);
void     desk_fixture_stop      (DeskFixture    *fixture);
void     desk_fixture_restart   (DeskFixture    *fixture);
void     desk_fixture_sign_up   (DeskFixture    *fixture,
                                 const HallChat *chat,
                                 const char     *name,
                                 const char     *question);
