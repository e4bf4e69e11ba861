"""Whether a web server is fit for the site: named checks over plain requests, each giving findings with a remedy."""
