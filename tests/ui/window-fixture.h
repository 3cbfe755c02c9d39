/* SPDX-License-Identifier: GPL-3.0-or-later
 * The real window on a real library, and looking around in it as a person would. */
#pragma once

#include "../app/library-fixture.h"
#include "ui/hall-window.h"

typedef struct {
  LibraryFixture  library;
  AdwApplication *application;
  HallWindow     *window;
} WindowFixture;

/* data: the width of the window as an integer */
void       window_fixture_set_up    (WindowFixture *fixture,
                                     gconstpointer  data);
void       window_fixture_open      (WindowFixture *fixture);
void       window_fixture_tear_down (WindowFixture *fixture,
                                     gconstpointer  data);

/* The first widget of that type that can be seen, with that text where one is given; absent when there is none. */
GtkWidget *window_fixture_find      (WindowFixture *fixture,
                                     GType          type,
                                     const char    *text);
GtkWidget *window_fixture_await     (WindowFixture *fixture,
                                     GType          type,
                                     const char    *text);
void       window_fixture_do        (WindowFixture *fixture,
                                     const char    *action,
                                     const char    *format,
                                     ...);
void       window_fixture_each      (GtkWidget     *root,
                                     void         (*look) (GtkWidget *widget, gpointer data),
                                     gpointer       data);
