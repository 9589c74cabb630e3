"""7 The web: pages and API over the store's read models.

    access -> headers -> security (doors) -> limits -> gzip -> problems -> health | api | pages | static

`app.create_app` puts it together; `parallax serve` runs it.
"""
