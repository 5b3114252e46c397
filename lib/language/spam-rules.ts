import { listed } from './phrase-list'

/** What unwanted messages say, and why it is suspicious. Written for Posthorn; English. Weights in logits. */
export const spamPhrases = {
  prize: { because: 'it promises a prize', weight: 1.7 },
  urgency: { because: 'it presses', weight: 1 },
  free: { because: 'it offers something for nothing', weight: 1 },
  money: { because: 'it promises money', weight: 1.7 },
  crypto: { because: 'it sells an investment', weight: 1.7 },
  reach: { because: 'it sells followers or reach', weight: 2.2 },
  elsewhere: { because: 'it leads away from here', weight: 1.5 },
  dating: { because: 'it offers company', weight: 1.7 },
  terms: { because: 'it has small print', weight: 1.8 },
  mobile: { because: 'it sells to phones', weight: 1.2 },
  pills: { because: 'it sells what spam sells', weight: 2.2 },
  account: { because: 'it claims trouble with an account', weight: 2 },
  advert: { because: 'it is worded as an advertisement', weight: 1 },
} as const
export type SpamPhrase = keyof typeof spamPhrases

export const spamWords: Readonly<Record<SpamPhrase, readonly string[]>> = {
  prize: listed(`
    you have won, you won, you've won, u have won, won a, winner*, prize*, awarded, been selected, been chosen, been specially selected, are selected, to claim, claim your, claim now, claim code,
    lottery, sweepstake*, jackpot, giveaway winner, lucky winner, lucky draw, weekly draw, cash prize, congratulations you, guaranteed, entitled to, selected to receive, bonus caller, bonus prize, airdrop*, in our draw, prize draw, weekly competition, free entry`),
  urgency: listed(`
    urgent, urgently, act now, act fast, hurry, last chance, final notice, final attempt, second attempt, last attempt, expires today, expires soon, offer expires, expires in, before it's too late, only today, today only, limited time, limited offer, limited spots, limited slots, don't miss, dont miss, immediately, don't wait, don't miss out, attempt to contact, trying to contact, tried to contact, valid only, spots left, slots left, ends tonight`),
  free: listed(`
    free, 4free, freemsg, for free, free gift, free iphone, free trial, free money, free followers, free mins, free minutes, free msg, free text*, free sms, free call*, free camera*, free delivery, complimentary, no cost, risk free, no obligation, at no cost, half price`),
  money: listed(`
    cash, make money, earn money, extra income, passive income, earn up, earn from home, work from home, weekly income, daily income, daily profit, weekly profit, earn daily, earn weekly, per week, a day from home, get paid, get rich, financial freedom, quick loan, loan*, credit score, debt*, payday, no credit check, million dollars, million usd, inheritance, next of kin, funds transfer, western union, wire transfer, moneygram, be your own boss, side hustle, cash app, cashapp, paypal me`),
  crypto: listed(`
    crypto, bitcoin, btc, ethereum, forex, binary options, trading signals, invest*, investment*, double your, roi, return on investment, profit*, trade with, account manager, mining, nft drop, presale, pre sale, to the moon, 100x, pump group, usdt, token launch, whitelist`),
  reach: listed(`
    followers, buy followers, gain followers, more followers, real followers, get followers, followers fast, followers for, followers instantly, likes and followers, follow back, followback, follow me, follow for follow, f4f, l4l, follow4follow, like4like, sub4sub, s4s, subscribe to my, sub to my, check out my channel, check my channel, visit my channel, my channel, check out my page, check my page, visit my page, check out my profile, check my profile, visit my profile, promote it on, promote on, promote your, promo on, dm to promote, send pic, send this to, dm for promo, dm us to collab, be our ambassador, brand ambassador, collab with us, want to collab, we would love to feature, get featured, get verified, blue badge, boost your, grow your, rank your, seo services, web traffic, guest post, social media marketing services`),
  elsewhere: listed(`
    click here, click the link, click this link, click link, click below, tap the link, tap here, link in bio, link in my bio, link in profile, check my bio, check out my bio, see my bio, in my bio, on my profile, visit our website, visit my website, visit http, whatsapp me, whatsapp, telegram, on telegram, text me on, contact me on, contact him on, contact her on, reach out to, reach him on, reach her on, message him, message her, inbox me, inbox him, dm me, dm now, dm us, hit me up, write him, write her, join our group, join my group, join now, join here, log on, log onto, logon, login to claim, sign up now, register now, apply now, order now, buy now, shop now, call now, call today, ring now, call free*, subscribe now, download now, reply yes, reply stop, text stop, txt stop`),
  dating: listed(`
    sexy singles, hot singles, singles in, meet singles, local singles, hot girls, sexy girls, girls waiting, single girls, lonely girls, lonely housewi*, horny, xxx, nudes, nude pics, sexy pics, hot pics, onlyfans, only fans, sugar daddy, sugar baby, sugar mummy, sugar mommy, dating, date with, chat with girls, adult, adults only, hardcore, sexy, porn*, cam show, live cam, secret admirer, someone fancies, someone you know, find out who, fancies you, flirt*, webcam`),
  terms: listed(`
    t's & c's, ts&cs, t&cs, t & cs, t&c, t & c, tcs, tsandcs, terms and conditions, p min, p msg, ppm, per min, per msg, per minute, pm, rcvd, opt out, optout, opt-out, to opt, unsubscribe*, to stop, stop to, std rate, std txt, standard rate, national rate, natl rate, cost per, msg rcvd, po pobox, over 18, over 16, help line, helpline, cust care, customer services representative, sae, land line, landline`),
  mobile: listed(`
    ringtone*, ring tone*, polyphonic, polys, tone, tones, wallpaper*, sms, txt, texts, text, camcorder, nokia, latest phone, new phone, new mobile, latest mobile, mobile update, update to the latest, upgrade your phone, colour camera, camera phone, free upgrade, mins, minutes, bluetooth, motorola, sony ericsson, handset*, tariff, o2, tmobile, voda, vodafone, line rental, network mins, cross network, voucher*, holiday, ipod`),
  pills: listed(`
    viagra, cialis, weight loss, lose weight, fat burn*, slimming, keto, cbd, penis, enlargement, male enhancement, miracle cure, testosterone, casino, casinos, betting tips, bet now, slots, free spins, poker, gambling, fixed match*, replica, replicas, rolex, ray ban, rayban, cheap designer, louis vuitton, hacker, hack any, recovered my, recover your, spell caster, spellcaster, lost lover, herbal, herpes, psychic`),
  account: listed(`
    verify your account, confirm your account, account has been, account will be, account was, account suspended, account locked, account is on hold, suspended, unusual activity, unusual sign, security alert, update your payment, update your billing, confirm your identity, verify your identity, confirm your details, validate your, violates our, violated our, copyright infringement, will be deleted, will be disabled, permanently disabled, appeal form, page will be, identity theft, customs fee, redelivery fee, your parcel is, your package is, unpaid, refund pending, meta support, support team has, tax refund, apple id`),
  advert: listed(`
    offer, offers, special offer, exclusive, deal, deals, discount*, off all, sale, best price, lowest price, cheap, cheapest, bargain*, promo, promotion*, reward*, gift card, gift cards, giftcard, voucher, bonus, services, customer service, customer, dear customer, dear friend, dear winner, dear user, dear sir, dear madam, hello dear, kindly, subscriber*, subscription, service, auction, quiz, contact us, entry, entered, delivery, unlimited, download, video, guarantee*`),
}
